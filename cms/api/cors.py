"""Which other sites' pages may read the API from a browser (the Fetch standard, CORS protocol).

Around the cache, so that a kept answer and a 304 carry the headers too; a library works inside Django, which neither
comes to. The API knows no cookies, so there are no credentials to be careful with.
"""

from typing import Any

PREFIX = "/api/"
EXPOSED = "ETag, Change-Seq, Change-Epoch, RateLimit, RateLimit-Policy, Retry-After"


class CorsApplication:
    """Lets pages of `origins` read what `application` answers below /api/; `*` among them lets all."""

    def __init__(self, application: Any, origins: Any) -> None:
        self._application = application
        self._origins = frozenset(origins)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if not self._origins or not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._application(environ, start_response)
        origin = environ.get("HTTP_ORIGIN")
        headers = self._headers(origin)
        if headers and environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
            asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")
            preflight = [
                ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
                ("Access-Control-Allow-Headers", asked if asked.isprintable() else ""),
                ("Access-Control-Max-Age", "86400"),
                ("Content-Length", "0"),
            ]
            start_response("204 No Content", headers + preflight)
            return []

        def start(status, given, exc_info=None):
            return start_response(status, [*given, *headers, *self._vary])

        return self._application(environ, start)

    def _headers(self, origin):
        if "*" in self._origins:
            allowed = "*"
        elif origin in self._origins:
            allowed = origin
        else:
            return []
        return [("Access-Control-Allow-Origin", allowed), ("Access-Control-Expose-Headers", EXPOSED)]

    @property
    def _vary(self):
        """An answer that says which site may read it is another one for another site."""
        return [] if "*" in self._origins else [("Vary", "Origin")]
