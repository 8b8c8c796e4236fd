"""The document itself."""

from typing import Any

from django.urls import URLPattern

from cms.core.schemas import INTEGER, STRING, ref

from .. import registry
from ..problems import MEDIA_TYPE
from . import pages
from .components import COMPONENTS
from .describing import LINE, PAGING

_PROBLEM = {"content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
_HEADERS = {
    "Change-Seq": {"description": "The newest number of the change log that the answer reflects", "schema": INTEGER},
    "Change-Epoch": {"description": "The history of numbers that it belongs to", "schema": STRING},
    "ETag": {"description": "The digest of the body, for If-None-Match", "schema": STRING},
    "Depends-On": {"description": "What the answer depends on, for caches (docs/api.md)", "schema": STRING},
}
_TREE = {"type": "string", "pattern": "^(root|[0-9]{1,18})$"}


def document(endpoints: Any, base: str = "") -> dict:
    """Return the OpenAPI document of `endpoints` (names and viewsets of the router), served at `base`."""
    schemas = {**COMPONENTS, **pages.schemas()}
    paths = {}
    for endpoint, viewset in endpoints:
        described = viewset.describe()
        for pattern in viewset.get_urlpatterns():
            if isinstance(pattern, URLPattern) and pattern.name and pattern.name in described:
                address, arguments = _address(endpoint, pattern)
                paths[address] = {"get": _operation(endpoint, pattern.name, described[pattern.name], arguments)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "API of the portal",
            "version": "2",
            "description": "Public content. What may change is written in docs/api-policy.md.",
        },
        "servers": [{"url": base or "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def page_parameters() -> dict[str, dict]:
    """Return the parameters of the listing of pages: its own, and those of the registered filters."""
    own: dict[str, dict] = {
        **PAGING,
        "fields": LINE,
        "facets": {"type": "array", "items": {"type": "string", "enum": registry.facet_names()}, "minItems": 1},
        "order": {"type": "string", "enum": [sign + name for name in sorted(registry.orderings) for sign in ("", "-")]},
        "search": LINE,
        "type": {
            "type": "array",
            "items": {"type": "string", "enum": [pages.type_name(model) for model in pages.page_models()]},
        },
        "child_of": _TREE,
        "descendant_of": _TREE,
        "ids": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 1, "maxItems": 100},
    }
    for parameter, page_filter in registry.filters.items():
        own[parameter] = page_filter.schemas.get(parameter, LINE)
    return own


def _address(endpoint, pattern):
    address, arguments = f"/api/v2/{endpoint}/{pattern.pattern}", {}
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        address = address.replace(f"<{kind}:{name}>", f"{{{name}}}")
        arguments[name] = INTEGER | {"minimum": 0} if kind == "int" else {"type": "string", "minLength": 1}
    return address, arguments


def _operation(endpoint, name: str, described, arguments):
    parameters = [
        {"name": argument, "in": "path", "required": True, "schema": schema} for argument, schema in arguments.items()
    ]
    for parameter, schema in described.get("parameters", {}).items():
        one = {
            "name": parameter,
            "in": "query",
            "schema": schema,
            "required": parameter in described.get("required", ()),
        }
        if schema.get("type") == "array":
            one |= {"style": "form", "explode": False}
        parameters.append(one)
    responses = {
        "200": {
            "description": described["answer"],
            "headers": _HEADERS,
            "content": {described.get("media_type", "application/json"): {"schema": described["schema"]}},
        },
        "400": {"description": "A parameter is unknown or makes no sense; `parameter` names it", **_PROBLEM},
        "401": {"description": "There is no such API key", **_PROBLEM},
        "404": {"description": "Nothing public is there", **_PROBLEM},
        "429": {"description": "More requests than a client may ask", **_PROBLEM},
        "503": {"description": "Not now: Retry-After says when to come again", **_PROBLEM},
    }
    if described.get("conflict"):
        responses["409"] = {"description": described["conflict"], **_PROBLEM}
    return {
        "operationId": f"{endpoint}-{name}",
        "summary": described["answer"],
        "parameters": parameters,
        "responses": responses,
    }
