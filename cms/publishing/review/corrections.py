"""Correcting what is public while a larger draft is pending: the draft is set aside, and offered again afterwards.

Merging works on the fields of the page: what only the draft has changed is taken from it, what both have changed is a
conflict that a person decides.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import transaction
from django.utils.text import capfirst
from wagtail.models import Page

from cms.pages.content import content_fields
from cms.publishing.record.digest import canonical, digest_of
from cms.publishing.record.ledger import merging
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record

from .models import SetAsideDraft

# Said of one change only.
_OF_THE_CHANGE = {"change_kind", "change_note"}


def may_start(user: Any, page: Page) -> bool:
    """Return whether there is a public version to correct beside a draft that is not in review, and `user` drafts
    here.
    """
    return (
        page.live
        and page.has_unpublished_changes
        and page.live_revision_id is not None
        and page.live_revision_id != page.latest_revision_id
        and not page.workflow_in_progress
        and not page.approved_schedule
        and set_aside(page) is None
        and page.permissions_for_user(user).can_change_content()
        and not page.permissions_for_user(user).page_locked()
    )


def set_aside(page: Page) -> Any:
    """Return the draft of `page` that is set aside, or None."""
    return (
        SetAsideDraft.objects.filter(page_id=page.pk)
        .select_related("revision", "live_revision", "set_aside_by")
        .first()
    )


@transaction.atomic
def start(page: Page, user: Any) -> None:
    """Set the pending draft aside and make a new one of the live version."""
    if not may_start(user, page):
        raise PermissionDenied
    pending, live = page.latest_revision, page.live_revision
    SetAsideDraft.objects.create(page_id=page.pk, revision=pending, live_revision=live, set_aside_by=user)
    digest = digest_of(pending)
    record(RecordKind.DRAFT_SET_ASIDE, page=page, user=user, revision=pending, digest=digest)
    live.as_object().save_revision(user=user, log_action=True, clean=False)


def forget_draft(page: Page) -> None:
    """Let the draft go that was set aside of a page that is erased."""
    SetAsideDraft.objects.filter(page_id=page.pk).delete()


@dataclass(frozen=True)
class Difference:
    """A field that the draft has changed: `before` (as public when it was set aside), `now` (public today), `draft`."""

    name: str
    label: str
    before: object
    now: object
    draft: object

    @property
    def is_conflict(self) -> bool:
        """Whether it was changed in public meanwhile, too."""
        return not _same(self.name, self.before, self.now)


def differences(page: Page, draft_aside: Any) -> list[Difference]:
    """Return what the draft that was set aside has changed, field by field."""
    before, draft = draft_aside.live_revision.content, draft_aside.revision.content
    now = page.live_revision.content
    names = [name for name in draft if name in content_fields(type(page)) - _OF_THE_CHANGE]
    return [
        Difference(name, _label(page, name), before.get(name), now.get(name), draft[name])
        for name in names
        if not _same(name, before.get(name), draft[name]) and not _same(name, now.get(name), draft[name])
    ]


@transaction.atomic
def take_up(page: Page, user: Any, taken: Any) -> None:
    """Make a new draft of the live version with the changes of the one that was set aside.

    Of the conflicts only those in `taken` (names of fields) are taken from the draft. Its authors are authors of what
    comes out.
    """
    aside = set_aside(page)
    if aside is None or page.has_unpublished_changes or not page.permissions_for_user(user).can_change_content():
        raise PermissionDenied
    content = dict(page.live_revision.content)
    for difference in differences(page, aside):
        if not difference.is_conflict or difference.name in taken:
            content[difference.name] = difference.draft
    content |= dict.fromkeys(_OF_THE_CHANGE, "")
    digest = digest_of(aside.revision)
    changes = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.CONTENT_CHANGED, digest=digest)
    with merging(changes.order_by("pk").last()):
        page.with_content_json(content).save_revision(user=user, log_action=True, clean=False)
    record(RecordKind.DRAFT_TAKEN_UP, page=page, user=user, revision=aside.revision, digest=digest)
    aside.delete()


@transaction.atomic
def drop(page: Page, user: Any) -> None:
    """Offer the draft no longer; it stays in the history."""
    aside = set_aside(page)
    if aside is None or not page.permissions_for_user(user).can_change_content():
        raise PermissionDenied
    digest = digest_of(aside.revision)
    record(RecordKind.DRAFT_TAKEN_UP, page=page, user=user, revision=aside.revision, digest=digest, dropped=True)
    aside.delete()


def _same(name: str, one, other):
    # The digest of content leaves the time of publication out, which is part of the draft all the same.
    return canonical(name, one) == canonical(name, other)


def _label(page: Page, name: str):
    """Return what the editor's form calls a field or a list of children."""
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return capfirst(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)
