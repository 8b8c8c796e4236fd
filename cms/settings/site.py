"""The public tier alone: no admin, no database, content over HTTP from CONTENT_API_URL."""

import secrets

from . import environment as env
from .base import *  # noqa: F403
from .base import BASE_DIR
from .required import http_address

CONTENT_API_URL = http_address("CONTENT_API_URL")
# Nothing here is signed or kept between requests, so a key of this process's own will do.
SECRET_KEY = env.text("SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or ["127.0.0.1", "localhost"]
ROOT_URLCONF = "home.site.urls"
INSTALLED_APPS = ["home.site", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.core.assets.AssetMiddleware",
    "cms.core.compression.CompressionMiddleware",
    "cms.core.policy.PolicyMiddleware",
    "home.site.middleware.DependenciesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
DATABASES = {}
