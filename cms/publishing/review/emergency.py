"""The one way around review: off unless EMERGENCY_PUBLICATION is set, with a reason, in the record, and told to all
approvers.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms.core.mail import admin_address, send_on_commit
from cms.pages.publication import exempt


def approvers_of(page: Page) -> Any:
    """Return the active members of the groups that take the last step of the page's workflow."""
    workflow = page.get_workflow()
    last = list(workflow.tasks)[-1:] if workflow else []
    groups = last[0].specific.groups.all() if last and hasattr(last[0].specific, "groups") else []
    return get_user_model().objects.filter(is_active=True, groups__in=groups).distinct()


def may_publish_in_emergency(user: Any, page: Page) -> bool:
    """Return whether the route is open and `user` is one of the page's approvers or a superuser, and there is something
    to publish.
    """
    if not settings.EMERGENCY_PUBLICATION or not user.is_active or page.alias_of_id or not page.latest_revision_id:
        return False
    unpublished = not page.live or page.has_unpublished_changes
    return unpublished and (user.is_superuser or approvers_of(page).filter(pk=user.pk).exists())


def what_is_missing(page: Page) -> list[str]:
    """Return what keeps the latest draft of `page` from being published, a sentence for each field."""
    content = page.latest_revision.as_object()
    try:
        content.full_clean()
    except ValidationError as error:
        names = {field.name: capfirst(str(field.verbose_name)) for field in content._meta.fields}
        return [
            f"{names[name]}: {message}" if name in names else message
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def just_returned(page: Page) -> TaskState | None:
    """Return the decision by which the latest draft of `page` was returned to its author, or None."""
    state = page.current_workflow_task_state
    returned = TaskState.objects.filter(revision=page.latest_revision_id, status=TaskState.STATUS_REJECTED)
    return (
        returned.order_by("-finished_at").first() if state is None or state.status != state.STATUS_IN_PROGRESS else None
    )


@transaction.atomic
def publish_in_emergency(page: Page, user: Any, reason: str) -> None:
    """Publish the latest draft of `page` at once and without review; a review of it that is under way ends.

    Raise PermissionDenied where the route is closed to `user`, ValueError without a reason or where the draft waits
    for its time, ValidationError where the draft lacks something.
    """
    if not may_publish_in_emergency(user, page):
        raise PermissionDenied
    if not reason.strip():
        raise ValueError(_("Say why this can't wait for its review."))
    revision = page.latest_revision
    go_live_at = revision.as_object().go_live_at
    if go_live_at and go_live_at > timezone.now():
        raise ValueError(_("This draft is to be published later: take the time away first."))
    if missing := what_is_missing(page):
        raise ValidationError(missing)
    with exempt("emergency", reason, user):
        revision.publish(user=user, skip_permission_checks=True)
    title, address = page.get_admin_display_title(), reverse("record_trail", args=[page.pk])
    subject = _("Published in an emergency: %(title)s") % {"title": title}
    body = _(
        "%(name)s published “%(title)s” without review.\n\nReason: %(reason)s\n\nWhat was published and by whom: "
        "%(address)s\n"
    ) % {
        "name": user.get_full_name(),
        "title": title,
        "reason": reason,
        "address": admin_address(address),
    }
    send_on_commit(subject, body, approvers_of(page))
