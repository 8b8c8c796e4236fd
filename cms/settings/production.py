"""Production behind a TLS proxy. Refuses to start without its secrets."""

from urllib.parse import urlsplit

from . import environment as env
from .base import *  # noqa: F403
from .base import logging
from .required import http_address, required

SECRET_KEY = required("SECRET_KEY")
WAGTAILADMIN_BASE_URL = http_address("PUBLIC_URL").rstrip("/")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or [urlsplit(WAGTAILADMIN_BASE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# What asks whether this machine is well asks it past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SESSION_COOKIE_SECURE = True
# The proxy that this file is about; without it all readers would look like one.
PROXIES = env.integer("PROXIES", 1)
REQUIRE_SECOND_FACTOR = env.switch("REQUIRE_SECOND_FACTOR", True)
CSRF_COOKIE_SECURE = True

MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.switch("EMAIL_USE_TLS")

LOGGING = logging(env.choice("LOG_FORMAT", "json", "line"), env.switch("LOG_REQUESTS", True))

if SENTRY_DSN := env.text("SENTRY_DSN"):
    from cms.operation.sentry import start

    start(SENTRY_DSN)
