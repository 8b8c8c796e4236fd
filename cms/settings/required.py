"""What the environment must give, and the secret key that is kept beside the data where it does not."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import environment as env


def required(name: str) -> str:
    """Return the environment variable `name`; ImproperlyConfigured where it is missing or empty."""
    value = env.text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: see README.md, production.")
    return value


def http_address(name: str) -> str:
    """As `required`, for an address such as `https://portal.example.org`; ImproperlyConfigured where it is none."""
    value = required(name)
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        fits = False
    if not fits:
        raise ImproperlyConfigured(f"{name} must be an address such as https://portal.example.org, not {value!r}.")
    return value


def local_secret_key(folder: Path) -> str:
    """Return the secret key kept in `folder`, made on first use and readable by its owner alone.

    Raise OSError where the folder can't be written.
    """
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()
