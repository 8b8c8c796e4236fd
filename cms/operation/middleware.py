"""The line that each request of Django leaves in the log. Answers that were kept leave none; `/metrics` counts them."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("portal.requests")


class RequestLogMiddleware:
    """Logs which view answered, how, and in how many milliseconds: neither address nor path, which may name people or
    open a preview.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not logger.isEnabledFor(logging.INFO):
            return self.get_response(request)
        began = time.monotonic()
        response = self.get_response(request)
        match = request.resolver_match
        facts = {
            "method": request.method,
            "view": (match.view_name or match.route) if match else None,
            "status": response.status_code,
            "milliseconds": round(1000 * (time.monotonic() - began)),
        }
        logger.info("request", extra={"facts": facts})
        return response
