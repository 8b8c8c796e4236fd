"""Compressed answers, without a proxy that would do it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

# What is text; pictures and office files are compressed in themselves.
TEXTS = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/manifest+json",
    "application/x-ndjson",
)


class CompressionMiddleware(GZipMiddleware):
    """Django's, for texts.

    The random bytes that it adds against BREACH stay where there are secrets to guess: in the admin.

    What everybody gets has none, and there the same content must be the same bytes: they have a strong ETag.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        content_type = response.headers.get("Content-Type", "")
        # Streams are files to download.
        if response.streaming or not content_type.startswith(TEXTS):
            return response
        if request.path.startswith("/admin/"):
            return super().process_response(request, response)
        return _PUBLIC.process_response(request, response)


class _PublicGZip(GZipMiddleware):
    max_random_bytes = 0


_PUBLIC = _PublicGZip(lambda request: HttpResponse())
