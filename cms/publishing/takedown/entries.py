"""What the record and other apps learn of taking down."""

from typing import Any

from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record
from cms.store.models import ChangeLogKind

from .models import Takedown

CHANGES = {
    RecordKind.HIDDEN: ChangeLogKind.TAKEN_DOWN,
    RecordKind.TAKEN_DOWN: ChangeLogKind.TAKEN_DOWN,
    RecordKind.RESTORED: ChangeLogKind.RESTORED,
}


def record_takedown(takedown: Takedown, what: RecordKind, user: Any, reason: str) -> None:
    """Record what `user` (None: the system) did to a takedown."""
    record(
        what,
        page=takedown.page,
        user=user,
        reason=reason,
        how=takedown.kind,
        target=takedown.target_id,
        takedown=takedown.pk,
    )
