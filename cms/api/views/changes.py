"""`changes/`: the feed of what is public, from which other apps miss nothing."""

import json
import threading
import time
from typing import Any

from django.http import HttpRequest
from django.urls import path
from rest_framework.response import Response

from cms.core.dependencies import ALL, DAY
from cms.core.schemas import BOOLEAN, INTEGER, STRING, array, nullable, obj, ref
from cms.store.dependencies import removals, touched_since
from cms.store.feed import forms_of_rows, known_types, row_form, rows_after
from cms.store.models import Change, ChangeLogHead
from cms.store.projector import newest

from .. import values
from ..openapi.describing import described_object
from ..problems import BadParameter, problem
from .base import RETRY, PortalViewSet

LIMIT = 100
MAX_LIMIT = 1000
MAX_WAIT = 30
# Seconds between two looks while somebody waits.
INTERVAL = 0.5
# How many requests of this process may wait at a time: each keeps a thread from other readers. Beyond, they are
# answered at once.
_waiting = threading.BoundedSemaphore(2)


class ChangesViewSet(PortalViewSet):
    """Rows in the order of their numbers, tombstones included."""

    name = "changes"
    by_replica = False

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [
            path("", cls.as_view({"get": "feed_view"}), name="listing"),
            path("touched/", cls.as_view({"get": "touched_view"}), name="touched"),
        ]

    @classmethod
    def describe(cls) -> dict[str, Any]:
        whole = {"type": "integer", "minimum": 0}
        meta = obj({"epoch": STRING, "seq": INTEGER, "generation": INTEGER, "next": INTEGER, "more": BOOLEAN})
        parameters = {
            "since": {**whole, "default": 0},
            "epoch": {"type": "string", "format": "uuid"},
            "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": LIMIT},
            "type": {"type": "array", "items": {"type": "string", "enum": sorted(known_types())}, "minItems": 1},
            "wait": {**whole, "maximum": MAX_WAIT, "default": 0},
            "include": {"type": "array", "items": {"type": "string", "enum": ["form"]}, "minItems": 1},
        }
        return {
            "listing": described_object(
                obj({"meta": meta, "items": array(ref("Change"))}),
                "What happened, in order",
                parameters=parameters,
                conflict="The history is another one: start again",
            ),
            "touched": described_object(
                obj(
                    {
                        "epoch": STRING,
                        "generation": INTEGER,
                        "seq": INTEGER,
                        "touched": nullable({"type": "object", "additionalProperties": INTEGER}),
                        "removed": array(STRING),
                    }
                ),
                "What was touched, for those who keep answers",
                parameters={"since": whole},
            ),
        }

    def feed_view(self, request: HttpRequest) -> Any:
        self.check_parameters(frozenset({"since", "epoch", "limit", "type", "wait", "include"}))
        given = request.GET
        since = values.integer("since", given.get("since", "0"))
        limit = values.integer("limit", given.get("limit", str(LIMIT)), 1, MAX_LIMIT)
        wait = values.integer("wait", given.get("wait", "0"), 0, MAX_WAIT)
        types = self.types(given["type"]) if "type" in given else None
        if "include" in given:
            values.choices("include", given["include"], ["form"])
            self.depends_on.add(DAY)
        self.is_turned_away = False
        self.depends_on.add(ALL)
        head = self.head
        if "epoch" in given and given["epoch"] != str(head.epoch):
            return self.start_again(head, "epoch", "is not that of this feed")
        if since > head.seq:
            return self.start_again(head, "since", "lies in the future of this feed")
        rows = rows_after(since, head.seq, limit, types)
        if not rows and wait:
            head, rows = self.wait_for(since, head, limit, types, wait)
            # Meanwhile a backup may have been restored, or the site got another address.
            before, self.head = self.head, head
            if head.epoch != before.epoch or since > head.seq:
                parameter = "epoch" if "epoch" in given else "since"
                return self.start_again(head, parameter, "belongs to another history than this feed has now")
        is_cut = len(rows) == limit
        return Response(
            {
                "meta": {
                    "epoch": str(head.epoch),
                    "seq": head.seq,
                    "generation": head.generation,
                    # With a filter, what was passed over has been seen too.
                    "next": rows[-1].seq if is_cut else max(since, head.seq),
                    "more": is_cut and rows[-1].seq < head.seq,
                },
                "items": self.items(rows, head),
            },
            # Whoever may not wait is not to ask again at once.
            headers={"Retry-After": str(RETRY)} if self.is_turned_away else None,
        )

    def items(self, rows: list[Change], head: ChangeLogHead) -> list[dict[str, Any]]:
        """Return the forms of rows; with those of their objects as they are now, where these are asked for."""
        items = [row_form(row, head.site_url) for row in rows]
        if "include" in self.request.GET:
            forms = forms_of_rows(rows, head.site_url)
            for row, item in zip(rows, items, strict=True):
                text = None if row.gone else forms.get((row.type, row.key))
                item["form"] = None if text is None else json.loads(text)
        return items

    def touched_view(self, request: HttpRequest) -> Any:
        """Return which names of the header `Depends-On` were touched since a generation, each with the last one; null
        where the journal does not go back so far.
        """
        self.check_parameters(frozenset({"since"}))
        self.depends_on.add(ALL)
        removed, self.head = removals(), newest()
        touched = None
        if "since" in request.GET:
            since = values.integer("since", request.GET["since"])
            touched = touched_since(since, self.head.generation) if since <= self.head.generation else None
        return Response(
            {
                "epoch": str(self.head.epoch),
                "generation": self.head.generation,
                "seq": self.head.seq,
                "touched": touched,
                "removed": sorted(removed),
            }
        )

    @staticmethod
    def types(value: Any) -> Any:
        """Return the types that are wanted: page types, or names of endpoints."""
        wanted = values.items("type", value)
        for name in wanted:
            if name not in known_types():
                raise BadParameter("type", f"{name!r} is none of {', '.join(sorted(known_types()))}")
        return wanted

    def wait_for(self, since: Any, head: Any, limit: int, types: Any, wait: Any) -> Any:
        """Look again until there is something, or `wait` seconds are over."""
        rows, end, seen = [], time.monotonic() + wait, head.seq
        if not _waiting.acquire(blocking=False):
            self.is_turned_away = True
            return head, rows
        try:
            while not rows and time.monotonic() < end:
                time.sleep(INTERVAL)
                head = newest()
                if head.epoch != self.head.epoch or since > head.seq:
                    break
                if head.seq > seen:
                    seen, rows = head.seq, rows_after(since, head.seq, limit, types)
        finally:
            _waiting.release()
        return head, rows

    @staticmethod
    def start_again(head: Any, parameter: str, detail: Any) -> Any:
        """409: what the consumer has belongs to another history."""
        return problem(
            409,
            f"{parameter} {detail}: start again with snapshot/, and go on from the number and the epoch in its first "
            f"line (the epoch is {head.epoch} now).",
            parameter,
        )
