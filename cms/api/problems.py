"""Errors as RFC 9457 problems."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.response import Response

from cms.store.wagtail_api import BadRequestError

MEDIA_TYPE = "application/problem+json"


class BadParameter(BadRequestError):
    """A query parameter that is unknown, malformed or out of range; `parameter` names it."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


def problem_body(status: int, detail: str, parameter: str | None = None) -> dict:
    """Return what a problem says; `type` is about:blank, so `title` is the status in words."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if parameter is not None:
        body["parameter"] = parameter
    return body


def problem(status: int, detail: str, parameter: str | None = None) -> Response:
    """Return the response of an endpoint that tells a problem."""
    return Response(problem_body(status, detail, parameter), status=status, content_type=MEDIA_TYPE)


@csrf_exempt
def no_endpoint(request: HttpRequest) -> Any:
    """404 for addresses below the API at which there is no endpoint: other apps parse no HTML."""
    return JsonResponse(problem_body(404, "There is no endpoint here."), status=404, content_type=MEDIA_TYPE)
