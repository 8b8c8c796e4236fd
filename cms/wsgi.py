"""The WSGI application; the environment names the settings. Around Django stand the cache, the limits, and what browsers ask for."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

# Django sets the apps up in there; what stands around it asks which there are.
from cms.caching.setup import with_cache  # noqa: E402
from cms.outside import with_limits_and_cors  # noqa: E402

application = with_limits_and_cors(with_cache(application))
