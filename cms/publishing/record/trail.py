"""The trail of each published version of a page: drafted, reviewed and approved by whom and when."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

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


def names_changed(page_id: int) -> list[RecordEntry]:
    """Return the changes of what the page shows by name (an issuer, a category) since it was first published, newest
    first: they altered it, and are no versions of it.
    """
    first = RecordEntry.objects.filter(page_id=page_id, kind=RecordKind.PUBLISHED).order_by("pk").first()
    if first is None:
        return []
    shown = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=str(page_id)
    )
    condition = Q(pk__in=[])
    for type_id, object_id in shown.order_by().values_list("to_content_type", "to_object_id").distinct():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and not issubclass(model, Page):
            condition |= Q(data__model=model._meta.label, data__object=object_id)
    entries = RecordEntry.objects.filter(condition, kind=RecordKind.CONFIGURATION_CHANGED, pk__gt=first.pk)
    return list(entries.order_by("-pk"))
