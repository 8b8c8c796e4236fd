"""The WSGI application; the environment names the settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

# Django sets the apps up in there; the cache asks which there are.
from django.conf import settings  # noqa: E402

from cms.api.cors import CorsApplication  # noqa: E402
from cms.caching.setup import with_cache  # noqa: E402

application = CorsApplication(with_cache(application), settings.CORS_ORIGINS)
