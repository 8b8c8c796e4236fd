"""The test suite: fast passwords, files in a folder that goes with the run."""

import tempfile
from pathlib import Path

from . import environment as env
from .base import *  # noqa: F403
from .base import DATABASES

SECRET_KEY = "only for tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://localhost"
DATA_DIR = Path(tempfile.mkdtemp(prefix="portal-tests-"))
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
VERIFY_NIGHTLY = False
# Processes that a test starts sign with the same.
RECORD_KEYS = env.text("RECORD_KEYS", "test:only for tests and long enough for them")
CHANGE_COUNTER = env.text("CHANGE_COUNTER", str(DATA_DIR / "change-counter"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if not env.text("DATABASE_URL"):
    DATABASES["default"]["NAME"] = DATA_DIR / "db.sqlite3"
    # Browser tests serve from a thread of their own, so the database is a file, not memory.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
