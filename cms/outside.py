"""What stands around the cache where there is an API: limits, and which other sites may read it."""

from django.apps import apps
from django.conf import settings


def with_limits_and_cors(application):
    """`application` with both around it; the public tier alone has no API."""
    if not apps.is_installed("cms.api"):
        return application
    from cms.api.cors import CorsApplication
    from cms.clients.limits import LimitingApplication

    return CorsApplication(LimitingApplication(application, settings.API_RATE, settings.PROXIES), settings.CORS_ORIGINS)
