"""Starting Wagtail's widgets in pages whose policy runs no script that stands in them without the nonce of the answer.

Wagtail 8.0 writes a script behind its widgets for dates and times, its choosers and its inline panels. Here it gets the
nonce; in what a script of a page asks for, where the nonce would be that of another answer, the widget says in its data
what starts it (`pages/starting.js`).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_request: ContextVar[HttpRequest | None] = ContextVar("the request whose answer is made", default=None)
# What would end the script (as of Django's json_script).
_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Make what is rendered inside part of the answer to a request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def start(name: str, *arguments: Any) -> SafeString:
    """Return HTML that calls or makes `name` (of Wagtail's scripts; a class begins with a capital) with JSON."""
    request = _request.get()
    if request is None or request.headers.get("X-Requested-With") == "XMLHttpRequest":
        given = json.dumps(arguments)
        return format_html(
            '<span hidden data-controller="portal-start" data-portal-start-name-value="{}"'
            ' data-portal-start-arguments-value="{}"></span>',
            name,
            given,
        )
    given = ", ".join(json.dumps(one) for one in arguments).translate(_UNSAFE)
    make = "new " if name[0].isupper() else ""
    return format_html('<script nonce="{}">{}{}({});</script>', request.csp_nonce, make, name, mark_safe(given))  # noqa: S308
