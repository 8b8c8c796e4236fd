"""Pages of a listing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.response import Response

from cms.store.wagtail_api import WagtailPagination

from . import values
from .cursors import after, cursor_of, marked
from .problems import BadParameter

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000


class PortalPagination(WagtailPagination):
    """Wagtail's `limit` and `offset`, within bounds that no database chokes on; or `cursor`, which changes do not
    shift.
    """

    def paginate_queryset(self, queryset: QuerySet, request: HttpRequest, view: Any = None) -> Any:
        given = request.GET
        limit = values.integer("limit", given.get("limit", str(DEFAULT_LIMIT)), 1, MAX_LIMIT)
        offset = values.integer("offset", given.get("offset", "0"), 0, MAX_OFFSET)
        self.log = {"seq": view.head.seq, "epoch": str(view.head.epoch)}
        self.total_count = len(queryset) if isinstance(queryset, list) else queryset.count()
        order = view.cursor_order
        rest = queryset if order is None else marked(queryset, order)
        if "cursor" in given:
            if order is None or "offset" in given:
                raise BadParameter("cursor", "goes with an order, and not with offset")
            rest = after(rest, order, values.text("cursor", given["cursor"], 4000))
        # One more, to see whether there is more.
        page = list(rest[offset : offset + limit + 1])
        self.cursor = cursor_of(order, page[limit - 1]) if order is not None and len(page) > limit else None
        return page[:limit]

    def get_paginated_response(self, data: Any, **meta: Any) -> Any:
        cursor = {"next_cursor": self.cursor}
        return Response({"meta": {"total_count": self.total_count, **cursor, **self.log, **meta}, "items": data})
