"""`make run`: as production, over plain HTTP, with what a fresh machine has."""

from . import environment as env
from .base import *  # noqa: F403
from .base import DATA_DIR
from .required import local_secret_key

# A wildcard is what somebody asked for; readers are sent to the loopback address then.
WILDCARDS = {"0.0.0.0", "::"}  # noqa: S104
HOST = env.text("HOST", "127.0.0.1")
PORT = env.text("PORT", "8000")
PUBLIC_HOST = "127.0.0.1" if HOST in WILDCARDS else HOST

SECRET_KEY = env.text("SECRET_KEY") or local_secret_key(DATA_DIR)
ALLOWED_HOSTS = ["*"] if HOST in WILDCARDS else [HOST, "127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://{PUBLIC_HOST}:{PORT}"
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
