"""Settings of a plain Wagtail site; DATA_DIR and perhaps DATABASE_URL name its data."""

import os
from pathlib import Path

import dj_database_url

DATA_DIR = Path(os.environ["DATA_DIR"])
SECRET_KEY = "only for measurements"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEBUG = False
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
ROOT_URLCONF = "bench.stock.urls"
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA_DIR}/stock.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT, MEDIA_URL = DATA_DIR / "stock-media", "/media/"
STATIC_URL = "/static/"
INSTALLED_APPS = [
    "bench.stock.apps.StockConfig",
    "wagtail.api.v2",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
WAGTAIL_SITE_NAME = "Stock"
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
