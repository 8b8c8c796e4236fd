"""All that is taken from Wagtail's API v2, which is to go once its successor is level with it (wagtail #14315).

The forms of pages are our own contract; what is used here is the serializer that reads a page type's `api_fields`, the
base of views, the router, and the reading of `fields`. Not to be imported while models load.
"""

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageSerializer, get_serializer_class
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter
from wagtail.api.v2.views import BaseAPIViewSet

__all__ = [
    "BadRequestError",
    "BaseAPIViewSet",
    "PageSerializer",
    "WagtailAPIRouter",
    "get_serializer_class",
    "parse_fields_parameter",
]
