"""What happens to bundles. Each is one transaction, judged here whatever view it comes through, and recorded.

Each page is approved on its own, as ever (`cms.workflow.gate` judges once more when it is stored); releasing decides on the moment only.
"""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from cms.changes.registry import notify_page
from cms.common.publication import PublicationRefused
from cms.record.digest import content_digest
from cms.record.models import Kind
from cms.record.write import record

from . import mails
from .models import Bundle, BundleItem

logger = logging.getLogger(__name__)


def may_release(user) -> bool:
    """Whether `user` may release bundles."""
    return user.is_active and user.has_perm("bundles.publish_bundle")


def may_change(user) -> bool:
    """Whether `user` may put bundles together and dissolve them."""
    return user.is_active and user.has_perm("bundles.change_bundle")


def item_of(page):
    """The place of `page` in a bundle that is not published yet, or None."""
    return BundleItem.objects.filter(page_id=page.pk, is_open=True).select_related("bundle").first()


def hold(page, revision, user) -> bool:
    """Keeps the approved `revision` of a page that is in a bundle until the others are ready; False for any other page."""
    item = item_of(page)
    if item is None:
        return False
    bundle = Bundle.objects.select_for_update().get(pk=item.bundle_id)
    item.revision = revision
    item.save(update_fields=["revision"])
    record(
        Kind.BUNDLE_WAITS,
        page=page,
        user=user,
        revision=revision,
        digest=content_digest(revision.content),
        bundle=bundle.pk,
        reason=bundle.name,
    )
    if not blockers(bundle):
        mails.tell_that_it_is_ready(bundle)
    return True


def blockers(bundle) -> list[tuple[BundleItem, str]]:
    """What still blocks the publication: (item, why)."""
    found = []
    for item in bundle.items.select_related("page", "revision"):
        why = why_blocked(item)
        if why:
            found.append((item, why))
    return found


def why_blocked(item) -> str:
    """Why this page can't be published yet, in a sentence; "" where it can."""
    if item.revision_id is not None:
        go_live_at = item.revision.as_object().go_live_at
        if go_live_at and go_live_at > timezone.now():
            return _("Has a time of publication of its own; take it out, and the time away")
        return ""
    state = item.page.current_workflow_state
    if state is None:
        return _("Not submitted yet")
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("Returned: %(reason)s") % {"reason": state.current_task_state.comment}
    return _("In review: %(step)s") % {"step": state.current_task_state.task.name}


@transaction.atomic
def release(bundle, user) -> None:
    """Publishes all pages now, or at the time that the bundle has.

    Raises PermissionDenied, or ValidationError where something blocks it or one of the pages can't be stored; then none is published.
    """
    if not may_release(user):
        raise PermissionDenied
    bundle = _locked(bundle, "open")
    found = blockers(bundle)
    if found:
        raise ValidationError([f"{item.page.get_admin_display_title()}: {why}" for item, why in found])
    if not bundle.items.exists():
        raise ValidationError(_("There is no page in it."))
    bundle.released_by, bundle.released_at = user, timezone.now()
    bundle.save(update_fields=["released_by", "released_at"])
    _record(Kind.BUNDLE_RELEASED, bundle, user)
    if bundle.go_live_at is None or bundle.go_live_at <= timezone.now():
        _publish(bundle, user)


@transaction.atomic
def take_back(bundle, user) -> None:
    """A release that waits for its time is taken back. Raises PermissionDenied."""
    if not (may_release(user) or may_change(user)):
        raise PermissionDenied
    bundle = _locked(bundle, "released")
    _give_back(bundle)
    _record(Kind.BUNDLE_TAKEN_BACK, bundle, user)


@transaction.atomic
def dissolve(bundle, user) -> None:
    """The pages are on their own again; those that were approved are drafts to be submitted anew. Raises PermissionDenied."""
    if not may_change(user):
        raise PermissionDenied
    bundle = _locked(bundle, "open")
    bundle.dissolved_at = timezone.now()
    bundle.save(update_fields=["dissolved_at"])
    bundle.items.update(is_open=False)
    _record(Kind.BUNDLE_DISSOLVED, bundle, user)


def publish_due() -> None:
    """Publishes the bundles whose time has come. A job of `cms.common.due`.

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
        except ValidationError as error:
            logger.warning("bundle %s: %s", pk, error.messages)
            with transaction.atomic():
                bundle = Bundle.objects.select_for_update().get(pk=pk)
                told = [bundle.created_by, bundle.released_by]
                _give_back(bundle)
                _record(Kind.BUNDLE_TAKEN_BACK, bundle, None, reason=" ".join(error.messages))
                mails.tell_that_it_failed(bundle, error.messages, told)


def _publish(bundle, user):
    # Parents first: nothing is public below what is not.
    items = list(bundle.items.select_related("page", "revision").order_by("page__depth", "sort_order"))
    bundle.items.update(is_open=False)
    for item in items:
        try:
            item.revision.publish(user=user, skip_permission_checks=True)
        except (ValidationError, PublicationRefused) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise ValidationError(f"{item.page.get_admin_display_title()}: {why}") from error
    # Once more for each: the first of them knew nothing yet of the last.
    for item in items:
        notify_page(type(item.page).objects.get(pk=item.page_id).specific)
    bundle.published_at = timezone.now()
    bundle.save(update_fields=["published_at"])
    _record(Kind.BUNDLE_PUBLISHED, bundle, user)


def _give_back(bundle):
    bundle.released_by = bundle.released_at = None
    bundle.save(update_fields=["released_by", "released_at"])


def _locked(bundle, status):
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if bundle.status != status:
        raise PermissionDenied
    return bundle


def _record(kind, bundle, user, reason=""):
    pages = list(bundle.items.values_list("page_id", flat=True))
    record(kind, subject=bundle.name, user=user, reason=reason, bundle=bundle.pk, pages=pages)
