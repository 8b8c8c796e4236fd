"""What every endpoint shares."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from cms.pages.public import one_view_of_public
from cms.store.sequencer import newest
from cms.store.wagtail_api import BadRequestError, BaseAPIViewSet

from .. import values
from ..cursors import Order
from ..pagination import PortalPagination
from ..problems import BadParameter, problem

BY_ID = Order("id", "pk")


class JSONOnly(BaseContentNegotiation):
    """JSON, whatever the Accept header says: there is nothing else to be had."""

    def select_parser(self, request: HttpRequest, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: HttpRequest, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class PortalViewSet(BaseAPIViewSet):
    """Reads without a session, refuses parameters that it does not know, tells errors as problems."""

    authentication_classes = []
    permission_classes = []
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JSONOnly
    pagination_class = PortalPagination
    known_query_parameters = frozenset({"limit", "offset", "cursor"})
    detail_query_parameters = frozenset()
    # By what a listing is ordered, where it can be read by `cursor`.
    cursor_order: Order | None = None

    @classmethod
    def describe(cls) -> dict[str, dict]:
        """Return what each address pattern answers, by the pattern's name, for the description of the API.

        See `cms.api.openapi.describing`.
        """
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Before the content is read: what an answer shows may be newer than this number, and never older.
        self.head = newest()
        for last in (False, False, True):
            try:
                with one_view_of_public():
                    response = super().dispatch(request, *args, **kwargs)
                break
            except ObjectDoesNotExist:
                # Something was deleted between two queries: what is there now is asked again.
                if last:
                    raise
        response["Change-Seq"], response["Change-Epoch"] = str(self.head.seq), str(self.head.epoch)
        return response

    def check_parameters(self, known: Any) -> None:
        """Refuse what is not in `known`, what is given twice or empty, and what no database can take."""
        for name, given in self.request.GET.lists():
            if name not in known:
                raise BadParameter(name, "is not a parameter of this endpoint")
            if len(given) > 1:
                raise BadParameter(name, "is given more than once")
            if not values.text(name, given[0], 4000).strip():
                raise BadParameter(name, "is empty")

    def get_renderer_context(self) -> Any:
        # Wagtail indents; other apps and slow lines are better served without.
        return {**super().get_renderer_context(), "indent": None}

    def handle_exception(self, exc: Any) -> Any:
        if isinstance(exc, BadParameter):
            return problem(400, f"{exc.parameter} {exc.detail}", exc.parameter)
        if isinstance(exc, BadRequestError):
            return problem(400, str(exc))
        if isinstance(exc, Http404):
            return problem(404, "There is nothing public here.")
        if isinstance(exc, APIException):
            # REST framework's sentences would be in the language of the site.
            return problem(exc.status_code, HTTPStatus(exc.status_code).description)
        raise exc


class FormViewSet(PortalViewSet):
    """An endpoint whose items are the dicts that `form` gives. Its queryset holds public objects only."""

    detail_key = "pk"

    def form(self, instance: Any) -> dict:
        """Return the API form of one object."""
        raise NotImplementedError

    def forms(self, instances: Any) -> list[dict]:
        """Return the API forms of a page of the listing."""
        return [self.form(instance) for instance in instances]

    def listing_view(self, request: HttpRequest) -> Any:
        self.check_parameters(self.known_query_parameters)
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.forms(page))

    def detail_view(self, request: HttpRequest, **kwargs: Any) -> Any:
        self.check_parameters(self.detail_query_parameters)
        instance = self.get_queryset().filter(**{self.detail_key: kwargs[self.detail_key]}).first()
        if instance is None:
            raise Http404
        return Response(self.forms([instance])[0])
