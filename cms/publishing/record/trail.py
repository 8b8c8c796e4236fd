"""The trail of each published version of a page: drafted, reviewed and approved by whom and when."""

from typing import Any

from .chain import seal
from .ledger import Ledger
from .models import RecordEntry, RecordKind


def versions(page_id: int) -> list[dict[str, Any]]:
    """Return the published versions, newest first.

    Each has `number`, `entry` (the publication), `authors` (names), `submission` (an entry or None) and `steps`
    (entries).
    """
    seal()
    ledger, found = Ledger([page_id]), []
    for number, publication in enumerate(ledger.publications[page_id], start=1):
        changes = ledger.changes_behind(page_id, publication.digest, before=publication) or []
        submission = (
            RecordEntry.objects.filter(
                page_id=page_id, kind=RecordKind.SUBMITTED, digest=publication.digest, pk__lt=publication.pk
            )
            .order_by("-pk")
            .first()
        )
        found.append(
            {
                "number": number,
                "entry": publication,
                "authors": list(dict.fromkeys(entry.user_name or "–" for entry in reversed(changes))),
                "submission": submission,
                "steps": RecordEntry.objects.filter(base=submission, kind=RecordKind.PASSED).order_by("pk")
                if submission
                else [],
            }
        )
    return found[::-1]
