"""The cache, around Django: an answer that is there costs neither a request cycle nor a query.

Only what everybody gets is kept: API and site know no session. Previews are made inside the admin, so they neither read
nor fill it.
"""

import hashlib
import logging
import re
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from django.utils.http import parse_etags

from .stores import Answer
from .versions import Unknown

logger = logging.getLogger(__name__)

API = "/api/v2/"
# What answers for itself: the admin, and files, which are there only while something public shows them.
NOT_KEPT = ("/admin/", "/static/", "/media/", "/documents/")
# REST framework says that answers depend on Accept; but the API has one form of each. The encoding is part of the key.
REGARDED = {"accept", "accept-encoding"}
# Everybody may keep an answer, and asks whether it still holds: then a change is seen by the next request.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class CachingApplication:
    """A WSGI application that keeps what `application` answers, for each version of the content that `versions`
    gives.
    """

    def __init__(self, application: Any, versions: Any, store: Any, build: str) -> None:
        self._application = application
        self._versions = versions
        self._store = store
        self._build = build

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        version = self._version() if may_be_kept(environ) else None
        if version is None:
            return self._application(environ, start_response)
        key = hashlib.sha256(f"{self._build} {version} {address_of(environ)}".encode()).hexdigest()
        etag = f'"{key[:32]}"'
        if knows(environ, etag):
            headers = [("ETag", etag), ("Cache-Control", CACHE_CONTROL), ("Vary", "Accept-Encoding")]
            start_response("304 Not Modified", headers)
            return []
        answer = self._store.get(key)
        if answer is None:
            with self._store.making(key) as waited:
                answer = self._store.get(key)
                # Whoever waited and finds nothing waited for something that is not kept: the others need not wait for
                # it too.
                if answer is None and not waited:
                    answer = self._make(environ, key, etag)
            if answer is None:
                answer = self._make(environ, key, etag)
        start_response(answer.status, list(answer.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _version(self):
        try:
            return self._versions.current()
        except Unknown:
            return None
        except Exception:
            # Without a version nothing is kept; what is wrong is told by the application itself.
            logger.exception("the version of the content could not be found out")
            return None

    def _make(self, environ: dict[str, Any], key, etag):
        asked = {**environ, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": encoding_of(environ)}
        answer = call(self._application, asked)
        if may_be_stored(answer):
            replaced = {"etag", "cache-control", "vary"}
            kept = [(name, value) for name, value in answer.headers if name.lower() not in replaced]
            ours = (("ETag", etag), ("Cache-Control", CACHE_CONTROL), ("Vary", "Accept-Encoding"))
            answer = Answer(answer.status, (*kept, *ours), answer.body)
            self._store.set(key, answer)
        return answer


def may_be_kept(environ: dict[str, Any]) -> bool:
    """Return whether the answer to a request is the same for everybody until the content changes."""
    path = environ.get("PATH_INFO", "")
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not path.startswith(NOT_KEPT)
        and "HTTP_AUTHORIZATION" not in environ
        and not (path == f"{API}changes/" and "wait" in unquote(environ.get("QUERY_STRING", "")))
        and not path.startswith(f"{API}previews/")
    )


def may_be_stored(answer: Any) -> bool:
    """Return whether an answer is one that everybody may have."""
    headers = {name.lower(): value for name, value in answer.headers}
    private = {"private", "no-store"} & set(headers.get("cache-control", "").replace(" ", "").split(","))
    varies = {name.strip().lower() for name in headers.get("vary", "").split(",")} - {"", *REGARDED}
    return answer.status.startswith("200 ") and "set-cookie" not in headers and not private and not varies


def address_of(environ: dict[str, Any]) -> str:
    """Return what tells two answers of one version apart.

    The host as it was sent: one that is not allowed has its own, refused answer, and no other is given in its place.
    The API refuses parameters that it does not know and any that is given twice, so there their order means nothing;
    elsewhere the query is taken as it is.
    """
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    # Another encoding than ASCII, or a separator that not everybody takes for one, is left as it is.
    if path.startswith(API) and query.isascii() and ";" not in query:
        query = urlencode(sorted(parse_qsl(query, keep_blank_values=True)))
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{encoding_of(environ)} {scheme}://{host}{environ.get('SCRIPT_NAME', '')}{path}?{query}"


def encoding_of(environ: dict[str, Any]) -> str:
    """Return how the answer is encoded: `gzip` where the client takes it, else `identity` (RFC 9110, 12.5.3)."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "").lower()
    return "gzip" if re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", accepted) else "identity"


def knows(environ: dict[str, Any], etag: Any) -> bool:
    """Return whether the client has this very answer (RFC 9110, 13.1.2: If-None-Match compares weakly)."""
    given = environ.get("HTTP_IF_NONE_MATCH")
    return given is not None and etag in {one.removeprefix("W/") for one in parse_etags(given)}


def call(application: Any, environ: dict[str, Any]) -> Answer:
    """Return the whole answer of a WSGI application."""
    started = []

    def start_response(status, headers, exc_info=None) -> None:
        started[:] = [status, headers]

    body = application(environ, start_response)
    try:
        whole = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    status, headers = started
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    if not status.startswith(f"{HTTPStatus.NO_CONTENT.value} "):
        kept.append(("Content-Length", str(len(whole))))
    return Answer(status, tuple(kept), whole)
