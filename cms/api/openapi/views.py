"""`openapi.json`, and the same for people at `docs/`."""

from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.store.projector import newest

from .build import document


@cache
def described(endpoints: Any, base: str) -> dict:
    """Return the document, which changes only with the program and the address of the site."""
    with override(None):
        return document(endpoints, base)


def views_of(endpoints: Any) -> Any:
    """Both views, for the list of endpoints of the router."""
    endpoints = tuple(endpoints)

    @require_safe
    def openapi(request: HttpRequest):
        return JsonResponse(described(endpoints, newest().site_url), json_dumps_params={"ensure_ascii": False})

    @require_safe
    def docs(request: HttpRequest):
        api = described(endpoints, newest().site_url)
        operations = [
            (path, operation) for path, methods in sorted(api["paths"].items()) for operation in methods.values()
        ]
        return render(
            request,
            "api/docs.html",
            {"operations": operations, "schemas": sorted(api["components"]["schemas"].items())},
        )

    return openapi, docs
