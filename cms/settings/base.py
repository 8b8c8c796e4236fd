"""What every deployment shares. Values that differ between machines come from the environment."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import environment as env

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = False
ALLOWED_HOSTS = []
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

INSTALLED_APPS = [
    # Before wagtail: `publish_scheduled` here replaces the command of that name.
    "cms.publishing.review",
    "home",
    "home.site",
    "articles",
    "search",
    "demo",
    "cms.api",
    "cms.publishing.record",
    "cms.publishing.takedown",
    "cms.publishing.erasure",
    "cms.publishing.proposals",
    "cms.publishing.bundles",
    "cms.backup",
    "cms.operation",
    "cms.delivery.webhooks",
    "cms.delivery.previews",
    "cms.delivery.clients",
    "cms.accounts",
    "cms.pages",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "cms.publishing.proposals.rights.wagtail_users.UsersConfig",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    # After Wagtail's images and documents: it registers its permission policy over theirs.
    "cms.media",
    "cms.store",
    # After Wagtail's redirects: it notices those that they make for a page that got another address.
    "cms.publishing",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "modelsearch",
    "rest_framework",
    "django_tasks",
    "django_tasks_db",
    "django_prometheus",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Wagtail says "5 minutes ago" with its words.
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "cms.operation.middleware.RequestLogMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.core.assets.AssetMiddleware",
    "cms.core.compression.CompressionMiddleware",
    "cms.core.headers.SafetyHeadersMiddleware",
    "cms.core.policy.PolicyMiddleware",
    "home.site.middleware.DependenciesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.accounts.login.middleware.SessionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    # It runs the view too, of a few screens.
    "cms.publishing.proposals.roles.middleware.RulesByTwoMiddleware",
    # Last: it runs the view, so the views of the others must have seen the request.
    "cms.pages.middleware.AtomicAdminMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def databases() -> dict:
    """Return Django's settings of the database at DATABASE_URL, else of SQLite in DATA_DIR, and of the replica of
    PostgreSQL at REPLICA_URL where there is one.

    SQLite runs in WAL mode and takes its write lock when a transaction begins, so that readers never
    wait and two writers queue instead of failing half way.
    """
    config = env.database("DATABASE_URL")
    if not config:
        config = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3", "CONN_MAX_AGE": 60}
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-20000;"
            ),
        }
    else:
        # A server that does not even refuse is taken for one that is away.
        config["OPTIONS"] = {"connect_timeout": 5, **config.get("OPTIONS", {})}
    found = {"default": config}
    if replica := env.database("REPLICA_URL"):
        if not (config["ENGINE"] == replica["ENGINE"] == "django.db.backends.postgresql"):
            raise ImproperlyConfigured("REPLICA_URL in the environment needs PostgreSQL there and at DATABASE_URL.")
        # One that is away holds up nobody for long: the primary is asked in its place.
        found["replica"] = {**replica, "OPTIONS": {"connect_timeout": 2, **replica.get("OPTIONS", {})}}
        found["replica"]["TEST"] = {"MIRROR": "default"}
    return found


DATABASES = databases()
DATABASE_ROUTERS = ["cms.store.replica.ReplicaRouter"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Wagtail's own tasks (indexing) run at once, inside the transaction that queued them; ours name the queue, from which
# workers take them.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "queue": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# The keys that sign the record, and where the end of it is told every day.
RECORD_KEYS = env.text("RECORD_KEYS")
RECORD_KEYS_FILE = DATA_DIR / "record-keys"
VERIFY_NIGHTLY = True
RECORD_CHECKPOINTS = env.targets("RECORD_CHECKPOINTS", ("mail", "file", "syslog"))

# Where the backup of every night goes (empty: none is made), whose keys open it, and how many days, weeks and months
# of them are kept.
BACKUP_DIR = env.text("BACKUP_DIR")
BACKUP_RECIPIENTS = env.names("BACKUP_RECIPIENTS")
BACKUP_KEEP = env.periods("BACKUP_KEEP", "7:4:6")

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_I18N = True
USE_TZ = True
# Grouping is asked for where people read a number; applied to everything, it breaks ids and sizes in HTML.
USE_THOUSAND_SEPARATOR = False
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/vendor"]
FORMAT_MODULE_PATH = ["cms.formats"]

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "home.site.stylesheet.StylesheetFinder",
]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Where several machines share the media: a bucket of S3, and the service where that is not Amazon's. boto3 takes the
# credentials from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or from the machine's role.
MEDIA_BUCKET = env.text("MEDIA_BUCKET")
MEDIA_ENDPOINT = env.text("MEDIA_ENDPOINT")
STORAGES = {
    "default": {"BACKEND": "cms.media.storage.BucketStorage"}
    if MEDIA_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.core.assets.AssetStorage"},
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# Wagtail shows previews in a frame of its editor, so DENY, which W019 asks for, can't be.
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_REFERRER_POLICY = "same-origin"
# Everything is queued; the worker hands it to the other one, which waits so many seconds for the server.
EMAIL_BACKEND = "cms.core.mail_queue.QueuedEmailBackend"
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10
ADMINS = [("", address) for address in env.names("ADMINS")]
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")


def logging(formatter: str, requests: bool) -> dict:
    """Return Django's settings of the log: `line` or `json`, with or without a line for each request."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {"()": "cms.operation.logs.JsonFormatter"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": formatter}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # What is wrong stands in the answer, and would be logged with each look.
            "health_check": {"level": "ERROR"},
            # What is not there is nobody's mistake, and its path may open a preview.
            "django.request": {"level": "ERROR"},
            "portal.requests": {"level": "INFO" if requests else "WARNING"},
        },
    }


LOGGING = logging(env.choice("LOG_FORMAT", "line", "json"), env.switch("LOG_REQUESTS"))

# Who may see /metrics from another machine: whoever sends this (Authorization: Bearer …).
METRICS_KEY = env.text("METRICS_KEY")

WAGTAIL_SITE_NAME = "Cổng thông tin"
WAGTAILADMIN_BASE_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.login.forms.LoginForm"

# Sessions end after so long without use, and in any case after so long.
SESSION_IDLE_MINUTES = env.integer("SESSION_IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = 12 * 60 * 60
# Whether reviewers, approvers and administrators may do nothing without a second factor.
REQUIRE_SECOND_FACTOR = env.switch("REQUIRE_SECOND_FACTOR")
ACCOUNT_ADAPTER = "cms.accounts.login.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
# Its limits are counted by each process for itself; ours are in cms/accounts/login/limits.py.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"reauthenticate": "cms.accounts.login.forms.PasswordAgainForm"}
MFA_ADAPTER = "cms.accounts.login.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# An address is confirmed by the administrator who makes the account.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "cms.accounts.login.forms.CodeForm",
    "reauthenticate": "cms.accounts.login.forms.CodeAgainForm",
    "activate_totp": "cms.accounts.login.forms.AddAppForm",
    "add_webauthn": "cms.accounts.login.forms.AddPasskeyForm",
    "authenticate_webauthn": "cms.accounts.login.forms.PasskeyForm",
    "reauthenticate_webauthn": "cms.accounts.login.forms.PasskeyAgainForm",
}
# Every role reads every draft, so all pages need not be looked through for those that somebody may see.
WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.publishing.finish.publish_approved"
WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "doc",
    "docx",
    "odt",
    "xls",
    "xlsx",
    "ods",
    "ppt",
    "pptx",
    "txt",
    "csv",
    "zip",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "articles.directives.admin_search"}}
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "cms.core.tags.parse_tags"
TAGGIT_STRING_FROM_TAGS = "cms.core.tags.join_tags"

# Whether approvers may publish without review, with a reason that is recorded and mailed to all of them.
EMERGENCY_PUBLICATION = env.switch("EMERGENCY_PUBLICATION")

# The sites whose pages may read the API from a browser, such as https://www.example.org, or * for all.
CORS_ORIGINS = env.names("CORS_ORIGINS")

# Requests of one client to the API per minute (0: no limit), and how many proxies in front add to
# X-Forwarded-For.
API_RATE = env.integer("API_RATE", 1200)
PROXIES = env.integer("PROXIES", 0)

# Answers of API and site are kept in Redis, or (empty) in the memory of each process, up to so many bytes.
REDIS_URL = env.text("REDIS_URL", "")
CACHE_BYTES = env.integer("CACHE_BYTES", 64 * 1024 * 1024)
# Shared by the processes of this machine: see cms.store.counter.
CHANGE_COUNTER = env.text("CHANGE_COUNTER", str(DATA_DIR / "change-counter"))

# Internal networks that webhooks may call all the same, such as 10.1.0.0/16.
WEBHOOK_NETWORKS = env.names("WEBHOOK_NETWORKS")

# Where the public site takes its content from: the address of another machine's API, or (empty)
# the API of this process.
CONTENT_API_URL = env.text("CONTENT_API_URL", "")
CONTENT_API_KEY = env.text("CONTENT_API_KEY")
