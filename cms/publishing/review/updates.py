"""The changes of live pages that readers are told of, from the record."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from cms.pages.change_notes import ChangeKind
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.store.projection.fields import coded


def updates(page_ids: Iterable[int]) -> dict[int, list[dict]]:
    """For each page its updates and corrections, newest first: `kind`, `note`, `date`. Minor changes are not told."""
    found: dict[int, list[dict]] = defaultdict(list)
    labels = dict(ChangeKind.choices)
    entries = RecordEntry.objects.filter(
        page_id__in=list(page_ids),
        kind=RecordKind.PUBLISHED,
        data__change__kind__in=[ChangeKind.UPDATE, ChangeKind.CORRECTION],
    )
    for entry in entries.only("page_id", "at", "data").order_by("-pk"):
        change = entry.data["change"]
        found[entry.page_id or 0].append(
            {
                "kind": coded(change["kind"], labels),
                "note": change["note"],
                "date": timezone.localdate(entry.at).isoformat(),
            }
        )
    return found
