"""What every endpoint shares."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer

from cms.core.dependencies import HEADER, noted, once, to_header
from cms.store.conditions import in_collection
from cms.store.dependencies import of_item, of_kind
from cms.store.projector import newest
from cms.store.reading import find, texts_of
from cms.store.replica import read
from cms.store.selection import BY_NUMBER, Selection
from cms.store.wagtail_api import BadRequestError, BaseAPIViewSet

from .. import values
from ..cursors import Order
from ..listings import Paging, json_answer, listing_answer
from ..problems import BadParameter, problem

# Seconds after which those come again whom a process can't serve as they asked, since others keep its threads.
RETRY = 5


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
    known_query_parameters = frozenset({"limit", "offset", "cursor"})
    detail_query_parameters = frozenset()
    # By what a listing is ordered, where it can be read by `cursor`.
    cursor_order: Order | None = None
    # Whether a replica may be asked: not by who waits for what comes meanwhile.
    by_replica = True

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        # Wagtail's looks for objects by attributes of its own; ours are found by parameters of the listing.
        return [one for one in super().get_urlpatterns() if one.name != "find" or "find_view" in vars(cls)]

    @classmethod
    def describe(cls) -> dict[str, dict]:
        """Return what each address pattern answers, by the pattern's name, for the description of the API.

        See `cms.api.openapi.describing`.
        """
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Before the content is read: what an answer shows may be newer than this number, and never older.
        self.head = once("head", newest)
        self.depends_on: set[str] = set()
        answer = partial(super().dispatch, request, *args, **kwargs)
        response = read(answer) if self.by_replica else answer()
        response[HEADER] = to_header(self.depends_on | noted())
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


class CollectionViewSet(PortalViewSet):
    """An endpoint whose items are the entries of the store's collection `name`."""

    collection = ""
    # The sort key by which the listing is ordered; by number where that is none.
    sort_key = BY_NUMBER
    # What finds an entry: its number (`pk`) or its key (`slug`).
    detail_key = "pk"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # REST framework takes the name away when views are made.
        cls.collection = cls.name or cls.collection

    def listing_view(self, request: HttpRequest) -> Any:
        without_cursor = frozenset({"cursor"}) if self.cursor_order is None else frozenset()
        self.check_parameters(self.known_query_parameters - without_cursor)
        self.depends_on.add(of_kind(self.collection))
        paging = Paging(request)
        order = self.cursor_order or Order(self.collection, self.sort_key)
        selection = Selection([in_collection(self.collection)], pages=False)
        rows, next_cursor = paging.rows(selection, order)
        texts = texts_of(rows, self.head.site_url)
        return listing_answer(paging.total(selection, rows), next_cursor if self.cursor_order else None, texts)

    def detail_view(self, request: HttpRequest, **kwargs: Any) -> Any:
        self.check_parameters(self.detail_query_parameters)
        given = kwargs[self.detail_key]
        self.depends_on.add(of_item(self.collection, given))
        which = "number" if self.detail_key == "pk" else "key"
        row = find(type=self.collection, **{which: given})
        if row is None:
            raise Http404
        return json_answer(texts_of([row], self.head.site_url, listing=False)[0])
