"""`make run`: as production, over plain HTTP, with what a fresh machine has."""

import os

from .base import *  # noqa: F403
from .base import DATA_DIR
from .required import local_secret_key

# A wildcard is what somebody asked for; readers are sent to the loopback address then.
WILDCARDS = {"0.0.0.0", "::"}  # noqa: S104
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
PUBLIC_HOST = "127.0.0.1" if HOST in WILDCARDS else HOST

SECRET_KEY = os.environ.get("SECRET_KEY") or local_secret_key(DATA_DIR)
ALLOWED_HOSTS = ["*"] if HOST in WILDCARDS else [HOST, "127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://{PUBLIC_HOST}:{PORT}"
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
