"""The end of a workflow: what was approved goes live (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this module while its models load, so models are imported inside.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish exactly the revision that every step of the workflow has passed, or schedule it, or leave it to
    whoever holds it back (`cms.publishing.review.holds`).

    Raise PublicationRefused where a step is missing, an author took one, or one person took two, whatever brought the
    workflow to its end: asked here for what is scheduled too, and once more where the page is stored as live.
    """
    from cms.media.uses import files_of
    from cms.publishing.record.digest import content_digest
    from cms.publishing.record.models import RecordKind
    from cms.publishing.record.write import record

    from .gate import approval
    from .holds import held

    last = workflow_state.current_task_state
    if last is None:
        raise PermissionDenied(_("A workflow without a step publishes nothing."))
    revision = last.revision
    page = workflow_state.content_object.specific
    digest = content_digest(revision.content)
    _submission, steps = approval(page.pk, digest, files_of(revision.as_object()), revision.pk)
    if held(page, revision, user):
        return
    revision.publish(user=user, skip_permission_checks=True)
    revision.refresh_from_db()
    if revision.approved_go_live_at:
        at = revision.approved_go_live_at.isoformat()
        record(RecordKind.SCHEDULED, page=page, user=user, revision=revision, digest=digest, steps=steps, go_live_at=at)
