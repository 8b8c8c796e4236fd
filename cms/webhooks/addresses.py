"""Which addresses may be called: the portal must not be made to speak to machines of its own network."""

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REFUSED = _("This address is on an internal network, which is not allowed here.")


class AddressRefused(Exception):
    """The address leads where it must not."""


def check_url(url: str) -> None:
    """Raises ValidationError for what is no http(s) address, carries a password, or names an internal machine by number.

    A name is looked up when it is called, since it may lead elsewhere then.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise ValidationError({"url": _("This is no address.")}) from error
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise ValidationError({"url": _("Give an address that begins with https:// or http://, without a password.")})
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        refused = host == "localhost" and not may_call(ipaddress.ip_address("127.0.0.1"))
    else:
        refused = not may_call(address)
    if refused:
        raise ValidationError({"url": REFUSED})


def may_call(address) -> bool:
    """Whether an IP address is public, or of a network in WEBHOOK_NETWORKS."""
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int) -> str:
    """An IP address of `host` that may be called. Raises AddressRefused where one of them may not, OSError where there is none.

    The connection is made to just this address, so that a second look-up can't lead elsewhere.
    """
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not may_call(ipaddress.ip_address(address.partition("%")[0])):
            raise AddressRefused(str(REFUSED))
    return found[0]
