"""Proposing, agreeing and refusing.

Each is one transaction, judged here whatever view it comes through, and recorded.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.holders import those_who_may
from cms.core.actor import acting
from cms.media.models import CustomDocument, CustomImage, MediaUse, with_the_bytes_of
from cms.pages.permissions import shown_elsewhere
from cms.pages.tree import lock_tree
from cms.publishing.pipeline import is_erased
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.redaction import numbers_of, redact
from cms.publishing.record.write import record
from cms.publishing.takedown.actions import end, open_takedown, take_down
from cms.publishing.takedown.models import Takedown, TakedownKind
from cms.publishing.takedown.permissions import may_be_taken_down
from cms.publishing.takedown.permissions import may_decide as may_hide
from cms.store.addresses import address_of_page, digest_of_address

from . import files, mails, pages
from .models import MODELS, Erasure, ErasureKind
from .sweep import sweep_files


def may_propose(user: Any) -> bool:
    """Return whether `user` may propose to delete or purge."""
    return user.is_active and user.has_perm("erasure.add_erasure")


def may_decide(user: Any) -> bool:
    """Return whether `user` may agree to or refuse what another person proposed."""
    return user.is_active and user.has_perm("erasure.change_erasure")


def open_erasure(what: str, pk: int) -> Any:
    """Return what is proposed for a page or file, or None."""
    return Erasure.objects.filter(what=what, object_id=pk, decided_at=None).first()


@transaction.atomic
def propose(what: str, pk: int, kind: str, user: Any, reason: str) -> Erasure:
    """Propose to delete or purge the page or file; what is to be purged is hidden at once, where `user` may hide.

    Raise PermissionDenied, or ValidationError by field.
    """
    if not may_propose(user):
        raise PermissionDenied
    # Two people may begin at the same moment.
    MODELS[what].objects.select_for_update().filter(pk=pk).first()
    if open_erasure(what, pk) is not None:
        raise PermissionDenied
    erasure = Erasure(kind=kind, what=what, object_id=pk, reason=reason, proposed_by=user, proposed_at=timezone.now())
    instance = erasure.instance
    check(what, pk, instance, kind, reason)
    erasure.title = name_of(what, pk, instance)[:255]
    if isinstance(instance, Page):
        erasure.address_digest = digest_of_address(address_of_page(instance))
    erasure.save()
    record(RecordKind.ERASURE_PROPOSED, user=user, reason=reason, **_said(erasure, instance))
    if kind == ErasureKind.PURGE and instance is not None and may_hide(user):
        hidden = [_hide(page, user, reason) for page in pages_that_show(instance)]
        erasure.hid = [takedown.pk for takedown in hidden if takedown is not None]
        erasure.save(update_fields=["hid"])
    mails.ask_second_person(erasure, deciders(erasure))
    return erasure


@transaction.atomic
def agree(erasure: Erasure, user: Any) -> None:
    """Carry out what the second person agrees to.

    Raise PermissionDenied for the first one, ValidationError where it can't be done any more.
    """
    if erasure.kind == ErasureKind.DELETE:
        lock_tree()
    erasure = _locked(erasure)
    if not may_decide(user) or user.pk == erasure.proposed_by_id:
        raise PermissionDenied
    # What stands below it, or refers to it, must not change any more.
    MODELS[erasure.what].objects.select_for_update().filter(pk=erasure.object_id).first()
    instance = erasure.instance
    check(erasure.what, erasure.object_id, instance, erasure.kind, erasure.reason)
    erasure.decided_by, erasure.decided_at, erasure.agreed = user, timezone.now(), True
    with acting(user):
        if erasure.kind == ErasureKind.DELETE:
            record(RecordKind.ERASED, user=user, reason=erasure.reason, **_said(erasure, instance))
            is_erased(instance, purge=False)
            instance.delete()
        else:
            _purge(erasure, instance, user)
    erasure.save()
    if erasure.paths:
        transaction.on_commit(lambda: sweep_files(erasure), robust=True)


@transaction.atomic
def refuse(erasure: Erasure, user: Any, reason: str) -> None:
    """End a proposal: the second person refuses, and so restores what it has hidden; or the first takes it back, and
    what is hidden waits for a second person.
    """
    erasure = _locked(erasure)
    if not may_decide(user) and user.pk != erasure.proposed_by_id:
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    erasure.decided_by, erasure.decided_at, erasure.agreed, erasure.refusal = user, timezone.now(), False, reason
    erasure.save()
    if user.pk != erasure.proposed_by_id:
        for takedown in Takedown.objects.filter(pk__in=erasure.hid, ended_at=None, decided_at=None):
            end(takedown, user, reason)
    record(RecordKind.ERASURE_REFUSED, user=user, reason=reason, **_said(erasure, erasure.instance))


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


def is_proposed(file: Any) -> bool:
    """Return whether somebody has proposed to purge `file`, so that nobody deletes or changes it meanwhile."""
    what = next(name for name, model in MODELS.items() if isinstance(file, model))
    return open_erasure(what, file.pk) is not None


def _check_page(page: Page, kind) -> None:
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


def deciders(erasure: Erasure) -> Any:
    """Return those who may decide, without the person who proposed it."""
    return those_who_may("erasure.change_erasure").exclude(pk=erasure.proposed_by_id)


def _hide(page: Page, user: Any, reason: str):
    shown = page.live or page.approved_schedule
    if shown and may_be_taken_down(page) and not getattr(open_takedown(page), "is_off", False):
        # Its mail names the page; ours asks for the decision.
        return take_down(page, user, TakedownKind.HIDDEN, reason, ask=False)
    return None


def _purge(erasure, instance: Any, user: Any) -> None:
    # The title goes with the rest.
    said = _said(erasure, instance, subject=f"{erasure.what} {erasure.object_id}")
    paths = []
    if instance is None:
        ids, numbers = pages.forget(erasure.object_id)
        erased = [(erasure.what, pk) for pk in ids]
    elif isinstance(instance, Page):
        ids, numbers = pages.erase(instance)
        erased = [("page", pk) for pk in ids]
    else:
        same, paths, numbers = files.erase(instance)
        names = {model: name for name, model in MODELS.items()}
        erased = [(names[model], pk) for model, pk in same]
    # What was said when it, or one like it, was proposed is taken away too.
    for what, pk in erased:
        numbers += numbers_of(Q(data__erased=[what, pk]))
        others = Erasure.objects.filter(what=what, object_id=pk).exclude(pk=erasure.pk)
        others.filter(decided_at=None).update(decided_by=user, decided_at=timezone.now(), agreed=True)
        others.update(title="", reason="")
    entry = record(RecordKind.ERASED, user=user, reason=erasure.reason, redacted=sorted(set(numbers)), **said)
    redact(numbers, entry)
    erasure.title, erasure.paths = "", paths


def _said(erasure, instance: Any, subject: str = ""):
    """Return what an entry of the record says of an erasure."""
    page = instance if isinstance(instance, Page) else None
    if instance is None:
        last = RecordEntry.objects.filter(page_id=erasure.object_id, kind=RecordKind.PUBLISHED).order_by("pk").last()
        digest = last.digest if last is not None and erasure.what == "page" else ""
    elif page is None:
        digest = instance.sha256
    else:
        digest = digest_of(page)
    return {
        "page": page,
        "subject": subject or erasure.title,
        "digest": digest,
        "how": erasure.kind,
        "erasure": erasure.pk,
        "erased": [erasure.what, erasure.object_id],
    }


def _locked(erasure):
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if erasure.decided_at is not None:
        raise PermissionDenied
    return erasure
