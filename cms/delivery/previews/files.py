"""Addresses of the files that a draft shows, for who has a link to it: signed, valid as long as the link and as long
as the draft shows them. They open nothing else, so another front end may put them into its pages.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from django.core.signing import BadSignature, Signer

from cms.media.uses import files_of
from cms.pages.public import site_url

from .links import draft_of, valid_link

PARAMETER = "preview"
# The fields of forms that are addresses, or lists of them.
ADDRESSES = {"url", "src", "srcset", "jpeg"}
_SIGNER = Signer(salt="cms.delivery.previews.files")


def with_signed_addresses(form: Any, link: Any) -> Any:
    """Return an API form in which the addresses of images and documents are signed for `link`."""
    address = rf"({re.escape(site_url())})(/media/[^\s\"'<>,?#&]+|/documents/\d+/[^\s\"'<>?#&]+)"
    # In text only what is the value of an attribute: a sentence may name an address, and end it as it likes.
    patterns = re.compile(address), re.compile(rf"(?<=[\"']){address}(?=[\"'])")

    def sign(name: str, text: str) -> str:
        return patterns[name not in ADDRESSES].sub(lambda found: f"{found[1]}{signed(found[2], link)}", text)

    return _mapped("", form, sign)


def signed(path: str, link: Any) -> str:
    """Return the path of a file with its signature."""
    signature = _SIGNER.signature(f"{link.pk} {unquote(path)}")
    return f"{path}?{PARAMETER}={link.pk}.{signature}"


def may_see(given: str, path: str, kind: str, number: int) -> bool:
    """Return whether `given`, of an address with the decoded path `path`, opens the file `number` (`kind` is
    `images` or `documents`).
    """
    pk, _dot, signature = given.partition(".")
    if not pk.isdecimal():
        return False
    try:
        _SIGNER.unsign(f"{pk} {path}:{signature}")
    except BadSignature:
        return False
    link = valid_link(pk)
    return link is not None and str(number) in files_of(draft_of(link))[kind]


def _mapped(name: str, form: Any, change: Callable[[str, str], str]) -> Any:
    if isinstance(form, dict):
        return {key: _mapped(key, value, change) for key, value in form.items()}
    if isinstance(form, list | tuple):
        return [_mapped(name, value, change) for value in form]
    return change(name, form) if isinstance(form, str) else form
