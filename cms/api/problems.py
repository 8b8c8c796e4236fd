"""Errors as RFC 9457 problems."""

from http import HTTPStatus

from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError


class BadParameter(BadRequestError):
    """A query parameter that is unknown, malformed or out of range; `parameter` names it."""

    def __init__(self, parameter: str, detail: str):
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


class ProblemRenderer(JSONRenderer):
    """JSON under the media type of problems."""

    media_type = "application/problem+json"


def problem(status: int, detail: str, parameter: str | None = None) -> Response:
    """The response that tells a problem; `type` is about:blank, so `title` is the status in words."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if parameter is not None:
        body["parameter"] = parameter
    return Response(body, status=status, content_type=ProblemRenderer.media_type)
