"""Which addresses may be called: the portal must not be made to speak to machines of its own network."""

import ipaddress
import socket
import threading
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

PORTS = {80, 443}
# Below it stand the services of the system.
FIRST_FREE_PORT = 1024
# NAT64 (RFC 6052), and IPv4-compatible and -translated addresses: the last 32 bits are an IPv4 address.
TRANSLATED = [ipaddress.ip_network(network) for network in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")]
# The special-purpose registries of IANA, of which Python 3.11 to 3.13 know some and count others as global; also the
# few that may be reached from anywhere (AS112, AMT) are no place for a program of another office. What stands for an
# IPv4 address (`embedded`) is judged by that.
# https://www.iana.org/assignments/iana-ipv4-special-registry/, …/iana-ipv6-special-registry/
NEVER = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
        "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001:db8::/32", "2001:1::/32", "2001:2::/48", "2001:3::/32",
        "2001:4:112::/48", "2001:10::/28", "2001:20::/28", "2001:30::/28", "2620:4f:8000::/48", "3fff::/20",
        "5f00::/16", "fc00::/7", "fe80::/10", "::1/128", "::/128",
    )
]  # fmt: skip
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

REFUSED = _("This address is on an internal network, which is not allowed here.")


# Seconds for which the address of a name is waited for.
LOOK_UP = 5


class AddressRefused(Exception):
    """The address leads where it must not."""


def check_url(url: str) -> str:
    """Return the address in ASCII.

    Raise ValidationError for what is no http(s) address, carries a password, names an internal machine by number or a
    port of another service.

    A name is looked up when it is called, since it may lead elsewhere then.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        ascii_host = host.encode("idna").decode() if host and not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise ValidationError({"url": _("This is no address.")}) from error
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise ValidationError({"url": _("Give an address that begins with https:// or http://, without a password.")})
    if port is not None and port not in PORTS and port < FIRST_FREE_PORT:
        raise ValidationError({"url": _("This port belongs to another service.")})
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        refused = host == "localhost" and not may_call(ipaddress.ip_address("127.0.0.1"))
    else:
        refused = not may_call(address)
    if refused:
        raise ValidationError({"url": REFUSED})
    if ascii_host and ascii_host != host:
        parts = parts._replace(netloc=f"{ascii_host}:{port}" if port else ascii_host)
    return iri_to_uri(urlunsplit(parts))


def may_call(address: Address) -> bool:
    """Return whether an IP address is public, or of a network in WEBHOOK_NETWORKS.

    Addresses that stand for another one are judged by that.
    """
    if any(address in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    if any(address in network for network in NEVER):
        return False
    inner = embedded(address)
    if inner is not None:
        return may_call(inner)
    return address.is_global and not address.is_multicast and not getattr(address, "is_site_local", False)


def embedded(address: Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, or None."""
    if address.version == 4:
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def resolve(host: str, port: int) -> str:
    """Return an IP address of `host` that may be called.

    Raise AddressRefused where one of them may not, OSError where there is none or nobody answers in time.

    The connection is made to just this address, so that a second look-up can't lead elsewhere.
    """
    found = [str(info[4][0]) for info in _look_up(host, port)]
    for address in found:
        if not may_call(ipaddress.ip_address(address.partition("%")[0])):
            raise AddressRefused(str(REFUSED))
    return found[0]


def _look_up(host: str, port: int) -> list[Any]:
    """Ask the system for a name, in a thread: its own look-up takes no limit of time, and nobody waits for it at the
    end.
    """
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True, name="look-up")
    asking.start()
    asking.join(LOOK_UP)
    if not found:
        raise OSError(f"the name {host} was not found within {LOOK_UP} seconds")
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]
