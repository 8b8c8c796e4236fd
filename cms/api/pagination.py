"""Pages of a listing."""

from rest_framework.response import Response
from wagtail.api.v2.pagination import WagtailPagination

from . import values

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000


class PortalPagination(WagtailPagination):
    """Wagtail's `limit` and `offset`, within bounds that no database chokes on."""

    def paginate_queryset(self, queryset, request, view=None):
        limit = values.integer("limit", request.GET.get("limit", str(DEFAULT_LIMIT)), 1, MAX_LIMIT)
        offset = values.integer("offset", request.GET.get("offset", "0"), 0, MAX_OFFSET)
        self.head = view.head
        self.total_count = len(queryset) if isinstance(queryset, list) else queryset.count()
        return list(queryset[offset : offset + limit])

    def get_paginated_response(self, data, **meta):
        log = {"seq": self.head.seq, "epoch": str(self.head.epoch)}
        return Response({"meta": {"total_count": self.total_count, **log, **meta}, "items": data})
