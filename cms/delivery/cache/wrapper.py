"""The cache, around Django: an answer that is there costs neither a request cycle nor a query.

Only what everybody gets is kept: API and site know no session. Previews are made inside the admin, so they neither read
nor fill it.
"""

import gzip
import hashlib
import logging
import re
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from django.utils.http import parse_etags

from cms.core.compression import TEXTS
from cms.core.dependencies import from_header

from .ready import Ready, Sent, asked_of
from .stores import Answer
from .versions import Unknown

logger = logging.getLogger(__name__)

API = "/api/v2/"
# What answers for itself: the admin, and files, which are there only while something public shows them.
NOT_KEPT = ("/admin/", "/static/", "/media/", "/documents/", "/healthz", "/readyz", "/metrics") + (
    f"{API}previews/",
    f"{API}snapshot/",
)
# Under which it says in the environment of a request where the answer is from.
SOURCE = "portal.source"
_CHANGES = f"{API}changes/"
# REST framework says that answers depend on Accept; but the API has one form of each. Both encodings are kept.
REGARDED = {"accept", "accept-encoding"}
# Everybody may keep an answer, and asks whether it still holds: then a change is seen by the next request.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
# What is smaller gains nothing by being packed.
SMALLEST = 200
_OF_304 = {"Cache-Control", "Vary", "Depends-On"}


class CachingApplication:
    """A WSGI application that keeps what `application` answers, as long as `versions` says that it holds."""

    def __init__(self, application: Any, versions: Any, store: Any, build: str) -> None:
        self._application = application
        self._versions = versions
        self._store = store
        self._build = build
        self._ready = Ready()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        version = self._version() if may_be_kept(environ) else None
        if version is None:
            return self._application(environ, start_response)
        asked = asked_of(environ)
        sent = self._ready.get(version, asked)
        if sent is not None:
            environ[SOURCE] = "kept"
            start_response(sent.status, [*sent.headers])
            return sent.body
        key = hashlib.sha256(f"{self._build} {address_of(environ)}".encode()).hexdigest()
        answer = self._kept(key, version)
        if answer is not None:
            environ[SOURCE] = "kept"
            sent = to_send(answer, environ, numbers(environ, version))
            self._ready.put(version, asked, sent)
        else:
            with self._store.making(key) as waited:
                answer = self._kept(key, version)
                # Whoever waited and finds nothing waited for something that is not kept: the others need not wait for
                # it too.
                if answer is None and not waited:
                    answer = self._make(environ, key, version)
            if answer is None:
                answer = self._make(environ, key, version)
            sent = to_send(answer, environ, numbers(environ, version))
        start_response(sent.status, [*sent.headers])
        return sent.body

    def _version(self):
        try:
            return self._versions.current()
        except Unknown:
            return None
        except Exception:
            # Without a version nothing is kept; what is wrong is told by the application itself.
            logger.exception("the version of the content could not be found out")
            return None

    def _kept(self, key: str, version: Any) -> Answer | None:
        answer = self._store.get(key)
        if answer is None or not self._versions.holds(answer.made, version, answer.depends_on):
            return None
        return answer

    def _make(self, environ: dict[str, Any], key: str, version: Any) -> Answer:
        asked = {**environ, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "identity"}
        asked.pop("HTTP_IF_NONE_MATCH", None)
        answer = call(self._application, asked)
        if may_be_stored(answer):
            answer = to_keep(answer, version, environ["PATH_INFO"].startswith(API))
            self._store.set(key, answer)
        return answer


def to_keep(answer: Answer, version: Any, is_api: bool) -> Answer:
    """Return an answer as it is kept: with validators of its body, and packed beside."""
    depends_on = from_header(next((value for name, value in answer.headers if name.lower() == "depends-on"), None))
    dropped = {"etag", "cache-control", "vary", "content-length", "change-seq", "change-epoch"}
    # Only other machines have a use for it, and they ask the API.
    dropped |= set() if is_api else {"depends-on"}
    kept = [(name, value) for name, value in answer.headers if name.lower() not in dropped]
    kept += [("Cache-Control", CACHE_CONTROL), ("Vary", "Accept-Encoding")]
    content_type = next((value for name, value in kept if name.lower() == "content-type"), "")
    worth = len(answer.body) >= SMALLEST and content_type.startswith(TEXTS)
    packed = gzip.compress(answer.body, compresslevel=6, mtime=0) if worth else b""
    etag = hashlib.sha256(answer.body).hexdigest()[:32]
    return Answer(answer.status, tuple(kept), answer.body, packed, etag, version, depends_on)


def numbers(environ: dict[str, Any], version: Any) -> list[tuple[str, str]]:
    """Return the headers that say of which state of the content an answer of the API is, or a newer one."""
    if not environ["PATH_INFO"].startswith(API):
        return []
    return [("Change-Seq", str(version.seq)), ("Change-Epoch", version.epoch)]


def to_send(answer: Answer, environ: dict[str, Any], more: list[tuple[str, str]]) -> Sent:
    """Return what is sent: packed where the client takes it, nothing where the client has it (either form of it)."""
    is_head = environ["REQUEST_METHOD"] == "HEAD"
    if not answer.etag:
        named = {name.lower() for name, _value in answer.headers}
        headers = [*answer.headers, *(one for one in more if one[0].lower() not in named)]
        return Sent(answer.status, headers, [] if is_head else [answer.body])
    is_packed = bool(answer.packed) and encoding_of(environ) == "gzip"
    etags = [f'"{answer.etag}-gzip"', f'"{answer.etag}"']
    etag = etags[0] if is_packed else etags[1]
    known = known_of(environ, etags if answer.packed else etags[1:])
    if known is not None:
        kept = ("ETag", etag if etag in known else known[0])
        headers = [(name, value) for name, value in answer.headers if name in _OF_304]
        return Sent("304 Not Modified", [kept, *headers, *more], [])
    body = answer.packed if is_packed else answer.body
    headers = [*answer.headers, ("ETag", etag), ("Content-Length", str(len(body))), *more]
    if is_packed:
        headers.append(("Content-Encoding", "gzip"))
    return Sent(answer.status, headers, [] if is_head else [body])


def may_be_kept(environ: dict[str, Any]) -> bool:
    """Return whether the answer to a request is the same for everybody until the content changes."""
    path = environ.get("PATH_INFO", "")
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not path.startswith(NOT_KEPT)
        and "HTTP_AUTHORIZATION" not in environ
        and not (path == _CHANGES and "wait" in unquote(environ.get("QUERY_STRING", "")))
    )


def may_be_stored(answer: Any) -> bool:
    """Return whether an answer is one that everybody may have."""
    headers = {name.lower(): value for name, value in answer.headers}
    private = {"private", "no-store"} & set(headers.get("cache-control", "").replace(" ", "").split(","))
    varies = {name.strip().lower() for name in headers.get("vary", "").split(",")} - {"", *REGARDED}
    return answer.status.startswith("200 ") and "set-cookie" not in headers and not private and not varies


def address_of(environ: dict[str, Any]) -> str:
    """Return what tells two answers apart.

    The host as it was sent: one that is not allowed has its own, refused answer, and no other is given in its place.
    The API refuses parameters that it does not know and any that is given twice, so there their order means nothing;
    elsewhere the query is taken as it is.
    """
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    # Another encoding than ASCII, or a separator that not everybody takes for one, is left as it is.
    if path.startswith(API) and query:
        query = in_order(query)
    scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{scheme}://{host}{environ.get('SCRIPT_NAME', '')}{path}?{query}"


@lru_cache(maxsize=4096)
def in_order(query: str) -> str:
    """Return a query with its parameters in a fixed order."""
    if not query.isascii() or ";" in query:
        return query
    return urlencode(sorted(parse_qsl(query, keep_blank_values=True)))


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    return re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", accepted) is not None


def encoding_of(environ: dict[str, Any]) -> str:
    """Return how the answer is encoded: `gzip` where the client takes it, else `identity` (RFC 9110, 12.5.3)."""
    return "gzip" if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "").lower()) else "identity"


def known_of(environ: dict[str, Any], etags: list[str]) -> list[str] | None:
    """Return those of `etags` that the client has; None for none (RFC 9110, 13.1.2: If-None-Match compares weakly)."""
    given = environ.get("HTTP_IF_NONE_MATCH")
    if given is None:
        return None
    named = {one.removeprefix("W/") for one in parse_etags(given)}
    return [etag for etag in etags if etag in named] or (etags[-1:] if "*" in named else None)


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
