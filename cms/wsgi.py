"""The WSGI application; the environment names the settings.

Around Django stand the cache, the limits, and what browsers ask for.
"""

import gc
import multiprocessing
import os
import signal

from django.apps import apps
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cms.core.processes import end_with_parent

# A worker of a server: without the process that started it nobody would end it, and it would keep the port. One that is
# still starting takes no other signal (seen in Granian 2.8); a server that ends in order waits for its workers.
if (parent := multiprocessing.parent_process()) is not None and parent.pid is not None:
    end_with_parent(parent.pid, signal.SIGKILL)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

# Django sets the apps up in there; what stands around it asks which there are.
from cms.delivery.cache.setup import with_cache  # noqa: E402
from home.site.content import get  # noqa: E402

application = with_cache(application, get)
# The public tier alone has no API.
if apps.is_installed("cms.api"):
    from cms.api.cors import CorsApplication
    from cms.delivery.clients.limits import LimitingApplication, shared_counts

    limited = LimitingApplication(application, settings.API_RATE, settings.PROXIES, counts=shared_counts())
    application = CorsApplication(limited, settings.CORS_ORIGINS)

if apps.is_installed("cms.operation"):
    from cms.operation.requests import RequestsApplication

    application = RequestsApplication(application, settings.PROXIES, settings.DATA_DIR / "proxy-seen")

# What is loaded by now stays: collecting garbage need not look at it again and again.
gc.collect()
gc.freeze()
