"""What can be deleted or purged, and what it was called."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.media.models import CustomDocument, CustomImage, MediaUse, with_the_bytes_of
from cms.pages.obstacles import shown_elsewhere
from cms.publishing.record.models import RecordEntry
from cms.publishing.takedown.permissions import may_be_taken_down

from .models import MODELS, ErasureKind


def instance_of(what: str, pk: int) -> Any:
    """Return the page (as its type) or file in question, or None where it is not there any more."""
    found = MODELS[what].objects.filter(pk=pk).first()
    return found.specific if isinstance(found, Page) else found


def check(what: str, pk: int, instance: Any, kind: str, reason: str) -> None:
    """Raise ValidationError, by field, for what can't be erased, or not so."""
    if kind not in ErasureKind.values:
        raise ValidationError({"kind": _("There is no such kind.")})
    if not (reason or "").strip():
        raise ValidationError({"reason": _("Say why.")})
    if instance is None:
        if kind != ErasureKind.PURGE or not is_remembered(what, pk):
            raise ValidationError({"kind": _("It is not there any more.")})
    elif isinstance(instance, Page):
        _check_page(instance, kind)
    elif kind != ErasureKind.PURGE:
        raise ValidationError(
            {"kind": _("A file that is in use can only be purged; one that is not is deleted as usual.")}
        )
    elif instance.purged_at:
        raise ValidationError({"kind": _("It was purged already.")})


def is_remembered(what: str, pk: int) -> bool:
    """Return whether something that is not there any more is still spoken of, and so can be purged: a page that was
    deleted.
    """
    return what == "page" and RecordEntry.objects.filter(page_id=pk, redacted_by=None).exclude(subject="").exists()


def name_of(what: str, pk: int, instance: Any) -> str:
    """Return what the page or file is or was called."""
    if instance is not None:
        return str(instance)
    last = RecordEntry.objects.filter(page_id=pk, redacted_by=None).exclude(subject="").order_by("pk").last()
    return last.subject if last is not None else f"{what} {pk}"


def _check_page(page: Page, kind: str) -> None:
    if not may_be_taken_down(page):
        raise ValidationError({"kind": _("The home page and the sections carry all other pages.")})
    if not page.is_leaf():
        raise ValidationError({"kind": _("There are pages below this one: begin with those.")})
    if kind == ErasureKind.PURGE:
        return
    if not page.live:
        raise ValidationError({"kind": _("This page is not public: it is deleted as usual.")})
    if page.aliases.exists():
        raise ValidationError({"kind": _("It has aliases: delete those first.")})
    if page.workflow_in_progress or page.approved_schedule:
        raise ValidationError({"kind": _("A change of it is in review or scheduled: have it withdrawn first.")})
    others = shown_elsewhere(page)
    if others:
        names = ", ".join(other.get_admin_display_title() for other in others)
        raise ValidationError(
            {"kind": _("These pages refer to it, so take it out of them or take it down: %(names)s") % {"names": names}}
        )


def pages_that_show(instance: Any) -> list[Page]:
    """Return the page itself with its aliases, or the live pages that show the file or another one with the same
    bytes.
    """
    if isinstance(instance, Page):
        return [instance, *instance.aliases.all()]
    uses = MediaUse.objects.filter(
        Q(image__in=with_the_bytes_of(instance, CustomImage))
        | Q(document__in=with_the_bytes_of(instance, CustomDocument))
    )
    numbers = set(uses.values_list("page", flat=True))
    return list(Page.objects.filter(pk__in=numbers))
