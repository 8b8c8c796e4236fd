"""Appending to the record, in the transaction of what is recorded."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.core.actor import current_actor

from .chain import seal
from .models import RecordEntry, RecordKind, UnsealedEntry


def record(
    kind: RecordKind,
    *,
    subject: str = "",
    page: Page | None = None,
    page_id: int | None = None,
    user: Any = None,
    revision: Any = None,
    digest: str = "",
    base: RecordEntry | None = None,
    reason: str = "",
    **data: Any,
) -> RecordEntry:
    """Append an entry. `data` must be JSON; `user` is whoever is at work where none is named; of a page that is not at
    hand `page_id` is enough.
    """
    user = user if user is not None else current_actor()
    entry = RecordEntry.objects.create(
        at=timezone.now(),
        kind=kind,
        page_id=page.pk if page is not None else page_id,
        subject=(subject or str(page or ""))[:255],
        user_id=user.pk if user is not None else None,
        user_name=user.get_full_name()[:150] if user is not None else "",
        revision_id=revision.pk if revision is not None else None,
        digest=digest,
        base=base,
        reason=reason,
        data=data,
    )
    UnsealedEntry.objects.create(entry=entry)
    # Once for each transaction. What can't be sealed now is sealed with the next entry, or by the schedule.
    if not any(function is seal for _savepoints, function, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(seal, robust=True)
    return entry
