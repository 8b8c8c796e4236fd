"""Content Security Policy (https://www.w3.org/TR/CSP3/): what a page may load and run, said with every HTML answer."""

import base64
import hashlib
import re
from typing import Any

from csp.constants import NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_HASHES, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from .starting import answering


def _hash(text: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"


# Nothing from elsewhere, no inline script; the style in the head, of the printed foot, is named by its hash.
SITE = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    # The editor shows its preview in a frame.
    "frame-ancestors": [SELF],
}
# Scripts in a page of the admin need the nonce of the answer (`cms.core.starting`). Wagtail 8.0's comments and Draftail
# set styles on elements; underscore's templates are compiled (eval).
ADMIN = {
    **SITE,
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    # React and Jcrop find out what a browser knows of events by handlers that say this and nothing else.
    "script-src-attr": [UNSAFE_HASHES, _hash(b"return;")],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "base-uri": [SELF],
}
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


class PolicyMiddleware(CSPMiddleware):
    """Says the policy of the site or of the admin."""

    @cached_property
    def prefix(self) -> str | None:
        """Where the admin is; None on the public tier, which has none."""
        try:
            return reverse("wagtailadmin_home")
        except NoReverseMatch:
            return None

    def __call__(self, request: HttpRequest) -> Any:
        with answering(request):
            return super().__call__(request)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Leave alone what is no page: files have their own policy."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> PolicyParts:
        """Return the directives for an answer."""
        if report_only:
            return PolicyParts(config={})
        if self.prefix is not None and request.path.startswith(self.prefix):
            return PolicyParts(config=ADMIN, nonce=getattr(request, "_csp_nonce", None))
        # Those of the templates stand in the head, where nothing is that somebody has written as HTML.
        head = b"" if response.streaming else response.content.partition(b"</head>")[0]
        hashes = [_hash(style) for style in _STYLE.findall(head)]
        return PolicyParts(config={**SITE, "style-src": [SELF, *hashes]})
