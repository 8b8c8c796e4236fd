"""The entries that everyday acts on pages, reviews and files leave in the record."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.media.uses import Files
from cms.pages.base import BasePage

from .digest import digest_of
from .ledger import merged_draft
from .models import RecordEntry, RecordKind
from .write import record

# What a state of a task that is decided is recorded as.
DECISIONS = {TaskState.STATUS_APPROVED: RecordKind.PASSED, TaskState.STATUS_REJECTED: RecordKind.RETURNED}


def is_of_ours(content_type_id: int) -> bool:
    """Return whether a content type is that of a page of this project."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return model is not None and issubclass(model, BasePage)


def record_change(revision: Revision) -> None:
    """Record a change of content; what differs from the content before only in comments or bookkeeping is none."""
    digest, page_id = digest_of(revision), int(revision.object_id)
    base = RecordEntry.objects.filter(page_id=page_id, kind=RecordKind.CONTENT_CHANGED).order_by("-pk").first()
    if base is None or base.digest != digest:
        record(
            RecordKind.CONTENT_CHANGED,
            page_id=page_id,
            subject=revision.object_str,
            user=revision.user,
            revision=revision,
            digest=digest,
            base=base,
            **merged_draft(),
        )


def record_submission(workflow_state: WorkflowState, revision: Revision, user: Any, files: Files) -> None:
    """Record the content that is submitted, the files that it shows, and the steps that it has to pass."""
    record(
        RecordKind.SUBMITTED,
        page=workflow_state.content_object,
        subject=revision.object_str,
        user=user,
        revision=revision,
        digest=digest_of(revision),
        workflow_state=workflow_state.pk,
        workflow=workflow_state.workflow.name,
        steps=[task.pk for task in workflow_state.workflow.tasks],
        files=files,
    )


def record_decision(state: TaskState) -> None:
    """Record a step that was passed or returned, tied to the submission that it belongs to."""
    revision = state.revision
    kinds = [RecordKind.SUBMITTED, *DECISIONS.values()]
    entries = list(RecordEntry.objects.filter(revision_id=revision.pk, kind__in=kinds).order_by("-pk"))
    submission = next((one for one in entries if one.data.get("workflow_state") == state.workflow_state_id), None)
    if submission is None or any(one.data.get("task_state") == state.pk for one in entries):
        return
    record(
        DECISIONS[state.status],
        page_id=submission.page_id,
        subject=revision.object_str,
        user=state.finished_by,
        revision=revision,
        digest=digest_of(revision),
        base=submission,
        reason=state.comment,
        task=state.task_id,
        step=state.task.name,
        task_state=state.pk,
    )


def record_withdrawal(workflow_state: WorkflowState, user: Any) -> None:
    """Record that a workflow was cancelled."""
    record(RecordKind.WITHDRAWN, page=workflow_state.content_object, user=user, workflow_state=workflow_state.pk)


def record_schedule(page: Page, revision: Revision, user: Any, steps: list[dict[str, Any]]) -> None:
    """Record that approved content waits for its time."""
    at = revision.approved_go_live_at.isoformat()
    digest = digest_of(revision)
    record(RecordKind.SCHEDULED, page=page, user=user, revision=revision, digest=digest, steps=steps, go_live_at=at)


def record_off_line(page: Page) -> None:
    """Record that a page is off line: it expired, or was unpublished."""
    record(RecordKind.UNPUBLISHED, page=page, expired=page.expired)


def record_move(page: Page, before: str, after: str) -> None:
    """Record that a page stands elsewhere (paths of addresses)."""
    record(RecordKind.MOVED, page=page, live=page.live, before=before, after=after)


def record_deletion(page: Page) -> None:
    """Record that a page is gone."""
    record(RecordKind.DELETED, page=page, live=page.live, url_path=page.url_path)


def record_privacy(restriction: Any, removed: bool) -> None:
    """Record that who may see a branch has changed."""
    said = {"restriction": restriction.restriction_type, "removed": removed}
    record(RecordKind.PRIVACY_CHANGED, page=restriction.page, **said)


def record_replacement(file: Any) -> None:
    """Record other bytes under a title and number that pages may show: whoever puts them there is an author of what
    they show.
    """
    record(RecordKind.FILE_REPLACED, subject=file.title, digest=file.sha256, model=file._meta.label, file=file.pk)


def record_declaration(file: Any) -> None:
    """Record who answers for a file whose text no program can read."""
    said = {"model": file._meta.label, "file": file.pk}
    record(RecordKind.DECLARED, subject=file.title, user=file.declared_by, digest=file.sha256, **said)
