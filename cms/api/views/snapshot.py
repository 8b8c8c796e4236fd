"""`snapshot/`: everything public, as it is now, for apps that begin a copy."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any
from weakref import WeakSet

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

from cms.core.schemas import INTEGER, STRING, obj
from cms.store.feed import all_items, known_types

from .. import values
from ..openapi.describing import described_object
from ..problems import BadParameter, problem
from .base import RETRY, PortalViewSet

MEDIA_TYPE = "application/x-ndjson"
# How many a process sends at a time: each keeps a thread from other readers for as long as its own takes.
MOST = 2


class SnapshotViewSet(PortalViewSet):
    """A line of JSON for each public object; the first says from which number on the feed makes the copy right."""

    name = "snapshot"

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [path("", cls.as_view({"get": "snapshot_view"}), name="listing")]

    @classmethod
    def describe(cls) -> dict[str, Any]:
        first = obj({"seq": INTEGER, "epoch": STRING, "whole": {"const": True}}, optional=("whole",))
        line = obj({"type": STRING, "key": STRING, "form": {"type": "object"}})
        return {
            "listing": described_object(
                {"description": "Lines of JSON", "anyOf": [first, line]},
                "Everything public, a line each",
                media_type=MEDIA_TYPE,
                parameters={"after": {"type": "string", "minLength": 1, "maxLength": 500}},
                conflict="The history is another one: start again",
            )
        }

    def snapshot_view(self, request: HttpRequest) -> Any:
        """Send all items, or those behind the last that was read: `after` is `epoch:seq:type:key` of the first line and
        of the last one that arrived.
        """
        self.check_parameters(frozenset({"after"}))
        seq, after = self.head.seq, None
        if "after" in request.GET:
            epoch, seq, after = position(request.GET["after"])
            if epoch != str(self.head.epoch):
                return problem(409, "after belongs to another history: start again without it.", "after")
        if len(_sent_now) >= MOST:
            response = problem(503, "Others read a snapshot now: come again.")
            response["Retry-After"] = str(RETRY)
            return response
        response = StreamingHttpResponse(Stream(lines(seq, str(self.head.epoch), self.head.site_url, after)))
        response["Content-Type"] = MEDIA_TYPE
        response["Cache-Control"] = "no-store"
        return response


class Stream:
    """Lines as they are sent, known to be under way from the first one until there is no more, or nobody reads on."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        _sent_now.add(self)
        try:
            return next(self._source)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Send no more. Servers call it whatever happened (PEP 3333)."""
        _sent_now.discard(self)


_sent_now: WeakSet[Stream] = WeakSet()


def position(text: str) -> tuple[str, int, tuple[str, str]]:
    """Return epoch and number of the beginning, and type and key of the last line, that `after` names."""
    parts = values.text("after", text).split(":", 3)
    try:
        epoch, seq, kind, key = parts
    except ValueError as error:
        raise BadParameter("after", "must look like epoch:seq:type:key") from error
    if kind not in known_types():
        raise BadParameter("after", "names something that is not a type")
    return epoch, values.integer("after", seq), (kind, key)


def lines(seq: int, epoch: str, base: str, after: tuple[str, str] | None) -> Iterator[bytes]:
    """Yield the lines of a snapshot. The first one says that it is `whole` where nothing stands behind `after`."""
    found = all_items(base, after)
    # Before anything is said: who hears the first line alone is not to take a failure for the end.
    first = next(found, None)
    end = ',"whole":true' if first is None and after is not None else ""
    yield f'{{"seq":{seq},"epoch":"{epoch}"{end}}}\n'.encode()
    for kind, key, text in chain([first] if first is not None else [], found):
        yield f'{{"type":"{kind}","key":{json.dumps(key)},"form":{text}}}\n'.encode()
