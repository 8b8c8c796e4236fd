"""Who wrote what, judged on content. Kept apart from revisions, so that `purge_revisions` can't erase authorship."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from .models import RecordEntry, RecordKind

_merged: ContextVar[int | None] = ContextVar("merged", default=None)


@contextmanager
def merging(change: RecordEntry | None) -> Iterator[Any]:
    """Mark the change of content that is made inside as one that takes up a draft: that of the entry `change`."""
    token = _merged.set(change.pk if change is not None else None)
    try:
        yield
    finally:
        _merged.reset(token)


def merged_draft() -> dict[str, Any]:
    """Return the data for the entry of a change that takes up a draft; {} for any other."""
    return {"merged": _merged.get()} if _merged.get() else {}


class Ledger:
    """The changes of the content of some pages, and what of it was published. One query, however many pages."""

    def __init__(self, page_ids: Iterable[int], entries: Iterable[RecordEntry] | None = None) -> None:
        self.changes: dict[int | None, list[RecordEntry]] = defaultdict(list)
        self.publications: dict[int | None, list[RecordEntry]] = defaultdict(list)
        if entries is None:
            kinds = [RecordKind.CONTENT_CHANGED, RecordKind.PUBLISHED]
            entries = RecordEntry.objects.filter(page_id__in=page_ids, kind__in=kinds).order_by("pk")
        kept: dict[str, Any] = {RecordKind.CONTENT_CHANGED: self.changes, RecordKind.PUBLISHED: self.publications}
        for entry in entries:
            if entry.kind in kept:
                kept[entry.kind][entry.page_id].append(entry)

    @classmethod
    def of(cls, entries: Iterable[RecordEntry]) -> "Ledger":
        """Return the ledger of what is loaded already, in the order of the entries."""
        return cls((), entries)

    def changes_behind(self, page_id: int, digest: str, before: RecordEntry | None = None) -> list[RecordEntry] | None:
        """Return the changes on the way from the version that was last published to this content, latest first.

        An earlier version that comes back is a change like any other. Content that is just what was last published has
        the authors that it had then. `before` is an entry: only what was there before it counts. None where the record
        does not know the content: it came about behind its back, and nobody can say who wrote it.
        """
        limit = before.pk if before is not None else float("inf")
        last = next((one for one in reversed(self.publications[page_id]) if one.pk < limit), None)
        if last is not None and last.digest == digest:
            return self.changes_behind(page_id, digest, before=last)
        changes = {entry.pk: entry for entry in self.changes[page_id] if entry.pk < limit}
        entry = next((one for one in reversed(changes.values()) if one.digest == digest), None)
        if entry is None:
            return None
        found = self._walk(entry, changes, {last.digest} if last is not None else set())
        # A draft that was set aside and taken up again was written by others, beside what was published meanwhile.
        published = {one.digest for one in self.publications[page_id] if one.pk < limit}
        for draft in [changes.get(one.data["merged"]) for one in found if "merged" in one.data]:
            found += self._walk(draft, changes, published)
        return found

    @staticmethod
    def _walk(entry: RecordEntry | None, changes: dict[int, RecordEntry], ends: set[str]) -> list[RecordEntry]:
        """Return the changes from `entry` back to content with one of the digests `ends`."""
        found = []
        while entry is not None and entry.digest not in ends:
            found.append(entry)
            entry = changes.get(entry.base_id) if entry.base_id is not None else None
        return found

    def authors(self, page_id: int, digest: str) -> set[int] | None:
        """Return the ids of those who made the `changes_behind` some content; None where the record does not know
        it.
        """
        changes = self.changes_behind(page_id, digest)
        return None if changes is None else {entry.user_id for entry in changes if entry.user_id is not None}


def authors_of_files(files: dict[str, dict[str, str]]) -> set[int]:
    """Return those who put these bytes in the place of others; `files` as `cms.media.uses.files_of` gives them."""
    digests = {sha256 for by_id in files.values() for sha256 in by_id.values()}
    replaced = RecordEntry.objects.filter(kind=RecordKind.FILE_REPLACED, digest__in=digests).exclude(user_id=None)
    return {pk for pk in replaced.values_list("user_id", flat=True) if pk is not None} if digests else set()
