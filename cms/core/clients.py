"""Who asks: the address of a client, also behind proxies."""

import ipaddress
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


def client_network(address: str) -> str:
    """Return what counts as one client: of IPv6 the network of 64 bits, all of which everybody at home has; an IPv4
    address that is written as IPv6 is itself.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
