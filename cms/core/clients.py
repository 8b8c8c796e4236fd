"""Who asks: the address of a client, also behind proxies."""

from collections.abc import Mapping
from typing import Any


def client_address(environ: Mapping[str, Any], proxies: int) -> str:
    """Return the address of the client of a request with this WSGI environment.

    `proxies` is the number of proxies in front that add to X-Forwarded-For: only what they wrote is believed.
    """
    chain = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return environ.get("REMOTE_ADDR", "")
