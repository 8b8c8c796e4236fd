"""What happens to bundles. Each is one transaction, judged here whatever view it comes through, and recorded.

Each page is approved on its own, as ever (`cms.publishing.record.gate` judges once more when it is stored); releasing
decides on the moment only.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from cms.media.uses import files_of
from cms.pages.public import hiding_ancestors, public_pages
from cms.pages.publication import PublicationRefused
from cms.publishing.record.digest import Content, digest_of
from cms.publishing.record.gate import approval
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from . import mails
from .models import Bundle, BundleItem

logger = logging.getLogger(__name__)


def may_release(user: Any) -> bool:
    """Return whether `user` may release bundles."""
    return user.is_active and user.has_perm("bundles.publish_bundle")


def may_change(user: Any) -> bool:
    """Return whether `user` may put bundles together and dissolve them."""
    return user.is_active and user.has_perm("bundles.change_bundle")


def item_of(page: Page) -> Any:
    """Return the place of `page` in a bundle that is not published yet, or None."""
    return BundleItem.objects.filter(page_id=page.pk, is_open=True).select_related("bundle").first()


def is_in_bundle(page_id: int) -> bool:
    """Return whether a page is in a bundle that is not published yet."""
    return BundleItem.objects.filter(page_id=page_id, is_open=True).exists()


def hold_for_bundle(page: Page, revision: Any, user: Any) -> bool:
    """Keep the approved `revision` of a page that is in a bundle until the others are ready; False for any other
    page.
    """
    item = item_of(page)
    if item is None:
        return False
    # Somebody may dissolve the bundle, or take the page out, at the same moment.
    bundle = Bundle.objects.select_for_update().get(pk=item.bundle_id)
    if not BundleItem.objects.filter(pk=item.pk, is_open=True).update(revision=revision):
        return False
    record(
        RecordKind.BUNDLE_WAITS,
        page=page,
        user=user,
        revision=revision,
        digest=digest_of(revision),
        bundle=bundle.pk,
        reason=bundle.name,
    )
    if not blockers(bundle):
        mails.tell_that_it_is_ready(bundle)
    return True


def names(page_ids: Iterable[int]) -> dict[int, str]:
    """Return the bundles in which these pages are, by the numbers of the pages."""
    items = BundleItem.objects.filter(page_id__in=page_ids, is_open=True)
    return dict(items.values_list("page_id", "bundle__name"))


def leave_bundle(page: Page) -> None:
    """Take a page out that was published without the others, as in an emergency.

    (A bundle closes its items before it publishes them.)
    """
    BundleItem.objects.filter(page_id=page.pk, is_open=True).delete()


def forget_in_bundles(page: Page) -> None:
    """Take a page that two people delete or purge out of every bundle."""
    BundleItem.objects.filter(page_id=page.pk).delete()


def record_leaving(item: BundleItem) -> None:
    """Record that a page is out of a bundle that is not published yet; a release that waits for its time is given
    back.
    """
    if item.is_open:
        page = Page.objects.filter(pk=item.page_id).first()
        record(RecordKind.BUNDLE_LEFT, page=page, subject=str(page or item.page_id), bundle=item.bundle_id)
        bundle = Bundle.objects.filter(pk=item.bundle_id).first()
        if bundle is not None and bundle.status == "released":
            give_back(bundle, [_("A page of it was published or erased on its own.")])


def blockers(bundle: Bundle) -> list[tuple[BundleItem, str]]:
    """Return what still blocks the publication: (item, why)."""
    items = list(bundle.items.select_related("page", "revision"))
    together = {item.page_id for item in items}
    return [(item, why) for item in items if (why := why_blocked(item, bundle.go_live_at, together))]


def why_blocked(item: Any, moment: datetime | None, together: Any) -> str:
    """Why this page can't be published yet, in a sentence; "" where it can.

    `moment` is that of the bundle (None: now), `together` are the ids of its pages.
    """
    if item.revision_id is None:
        return _why_not_approved(item.page)
    moment = max(moment or timezone.now(), timezone.now())
    times = {
        name: value and parse_datetime(value)
        for name, value in item.revision.content.items()
        if name in {"go_live_at", "expire_at"}
    }
    if times["go_live_at"] and times["go_live_at"] > moment:
        return _("Has a time of publication of its own; take it out, and the time away")
    if times["expire_at"] and times["expire_at"] <= moment:
        return _("Would be off line already at that time: take it out and set another time of expiry")
    above = hiding_ancestors(item.page, together)
    if above:
        return _("Readers would not see it, because of the page above: %(title)s") % {"title": above[-1].title}
    try:
        page = item.revision.as_object()
        approval(page.pk, Content.of(page), files_of(page))
    except PublicationRefused as error:
        return _("Take it out and submit it again: %(why)s") % {"why": error}
    return ""


def _why_not_approved(page: Page):
    state = page.current_workflow_state
    if state is None:
        return _("Not submitted yet")
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("Returned: %(reason)s") % {"reason": state.current_task_state.comment}
    return _("In review: %(step)s") % {"step": state.current_task_state.task.name}


def seal_of(bundle: Bundle) -> str:
    """Change with everything that a person who releases the bundle has looked at."""
    rows = bundle.items.order_by("pk").values_list("pk", "page_id", "revision_id")
    return hashlib.sha256(repr([bundle.name, bundle.go_live_at, *rows]).encode()).hexdigest()


@transaction.atomic
def release(bundle: Bundle, user: Any) -> None:
    """Publish all pages now, or at the time that the bundle has.

    Raise PermissionDenied, or ValidationError where something blocks it or one of the pages can't be stored; then none
    is published.
    """
    if not may_release(user):
        raise PermissionDenied
    bundle = _locked(bundle, "open")
    check(bundle)
    bundle.released_by, bundle.released_at = user, timezone.now()
    bundle.save(update_fields=["released_by", "released_at"])
    _record(RecordKind.BUNDLE_RELEASED, bundle, user)
    if bundle.go_live_at is None or bundle.go_live_at <= timezone.now():
        _publish(bundle, user)


def check(bundle: Bundle) -> None:
    """Raise ValidationError, a message for each page, where something blocks the publication."""
    found = blockers(bundle)
    if found:
        raise ValidationError([f"{item.page.get_admin_display_title()}: {why}" for item, why in found])
    if not bundle.items.exists():
        raise ValidationError(_("There is no page in it."))


@transaction.atomic
def take_back(bundle: Bundle, user: Any) -> None:
    """Take back a release that waits for its time. Raise PermissionDenied."""
    if not (may_release(user) or may_change(user)):
        raise PermissionDenied
    bundle = _locked(bundle, "released")
    _give_back(bundle)
    _record(RecordKind.BUNDLE_TAKEN_BACK, bundle, user)


@transaction.atomic
def dissolve(bundle: Bundle, user: Any) -> None:
    """Set the pages free; those that were approved are drafts to be submitted anew.

    Raise PermissionDenied.
    """
    if not may_change(user):
        raise PermissionDenied
    bundle = _locked(bundle, "open")
    bundle.dissolved_at = timezone.now()
    bundle.save(update_fields=["dissolved_at"])
    bundle.items.update(is_open=False)
    _record(RecordKind.BUNDLE_DISSOLVED, bundle, user)


def publish_due() -> None:
    """Publish the bundles whose time has come. A job of `cms.core.due`.

    One that fails is given back to those who made and released it, who are told why.
    """
    due = Bundle.objects.filter(
        released_at__isnull=False, published_at=None, dissolved_at=None, go_live_at__lte=timezone.now()
    )
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                # Another process may have done it, or somebody may have taken it back.
                bundle = due.select_for_update().filter(pk=pk).first()
                if bundle is not None:
                    _publish(bundle, bundle.released_by)
        except Exception as error:
            # Whatever is wrong with one bundle, the others are due.
            logger.exception("bundle %s was not published", pk)
            reasons = error.messages if isinstance(error, ValidationError) else [_("An error, see the log.")]
            give_back(Bundle.objects.get(pk=pk), reasons)


@transaction.atomic
def give_back(bundle: Bundle, reasons: Any) -> None:
    """Take back a release that can't be carried out any more, and tell those who made and released the bundle
    why.
    """
    bundle = _locked(bundle, "released")
    told = [bundle.created_by, bundle.released_by]
    _give_back(bundle)
    _record(RecordKind.BUNDLE_TAKEN_BACK, bundle, None, reason=" ".join(reasons))
    mails.tell_that_it_failed(bundle, reasons, told)


def _publish(bundle, user: Any) -> None:
    # Parents first: nothing is public below what is not.
    items = list(bundle.items.select_related("page", "revision").order_by("page__depth", "sort_order"))
    check(bundle)
    bundle.items.update(is_open=False)
    for item in items:
        try:
            item.revision.publish(user=user, skip_permission_checks=True)
        except (ValidationError, PublicationRefused) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise ValidationError(f"{item.page.get_admin_display_title()}: {why}") from error
    seen = set(public_pages().filter(pk__in=[item.page_id for item in items]).values_list("pk", flat=True))
    if unseen := [item.page.get_admin_display_title() for item in items if item.page_id not in seen]:
        raise ValidationError(_("Readers would not see: %(titles)s") % {"titles": ", ".join(unseen)})
    bundle.published_at = timezone.now()
    bundle.save(update_fields=["published_at"])
    _record(RecordKind.BUNDLE_PUBLISHED, bundle, user)


def _give_back(bundle) -> None:
    bundle.released_by = bundle.released_at = None
    bundle.save(update_fields=["released_by", "released_at"])


def _locked(bundle, status):
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if bundle.status != status:
        raise PermissionDenied
    return bundle


def _record(kind, bundle, user: Any, reason: str = "") -> None:
    pages = list(bundle.items.values_list("page_id", flat=True))
    record(kind, subject=bundle.name, user=user, reason=reason, bundle=bundle.pk, pages=pages)
