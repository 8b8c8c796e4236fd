"""Who wrote what, judged on content. Kept apart from revisions, so that `purge_revisions` can't erase authorship."""

from collections import defaultdict

from .models import Entry, Kind


class Ledger:
    """The changes of the content of some pages, and what of it was published. One query, however many pages."""

    def __init__(self, page_ids):
        self.changes = defaultdict(list)
        self.publications = defaultdict(list)
        entries = Entry.objects.filter(page_id__in=page_ids, kind__in=[Kind.CONTENT_CHANGED, Kind.PUBLISHED])
        for entry in entries.order_by("pk"):
            kept = self.publications if entry.kind == Kind.PUBLISHED else self.changes
            kept[entry.page_id].append(entry)

    def changes_behind(self, page_id, digest, before=None) -> list[Entry] | None:
        """The changes on the way from the version that was last published to this content, latest first.

        An earlier version that comes back is a change like any other. Content that is just what was last published has the authors that it had
        then. `before` is an entry: only what was there before it counts. None where the record does not know the content: it came
        about behind its back, and nobody can say who wrote it.
        """
        limit = before.pk if before is not None else float("inf")
        last = next((one for one in reversed(self.publications[page_id]) if one.pk < limit), None)
        if last is not None and last.digest == digest:
            return self.changes_behind(page_id, digest, before=last)
        changes = {entry.pk: entry for entry in self.changes[page_id] if entry.pk < limit}
        entry = next((one for one in reversed(changes.values()) if one.digest == digest), None)
        if entry is None:
            return None
        found = []
        while entry is not None and (last is None or entry.digest != last.digest):
            found.append(entry)
            entry = changes.get(entry.base_id)
        return found

    def authors(self, page_id, digest) -> set[int] | None:
        """Everybody who changed something on that way; None as above."""
        changes = self.changes_behind(page_id, digest)
        return None if changes is None else {entry.user_id for entry in changes if entry.user_id is not None}
