"""What happens to pages and reviews, written into the record as it happens."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Revision, TaskState
from wagtail.signals import page_unpublished, post_page_move, workflow_cancelled

from cms.media.models import file_declared, file_replaced
from cms.media.uses import files_of
from cms.pages.base import BasePage
from cms.pages.signals import erasing
from cms.publishing.record.digest import content_digest
from cms.publishing.record.ledger import merged_draft
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record


def connect() -> None:
    """Connect the receivers."""
    post_save.connect(revision_saved, sender=Revision, dispatch_uid="record.revision_saved")
    post_save.connect(step_decided, sender=TaskState, dispatch_uid="record.step_decided")
    workflow_cancelled.connect(withdrawn, dispatch_uid="record.withdrawn")
    file_replaced.connect(file_was_replaced, dispatch_uid="record.file_replaced")
    file_declared.connect(file_was_declared, dispatch_uid="record.file_declared")
    page_unpublished.connect(unpublished, dispatch_uid="record.unpublished")
    post_page_move.connect(moved, dispatch_uid="record.moved")
    pre_delete.connect(deleted, dispatch_uid="record.deleted")
    erasing.connect(let_go, dispatch_uid="review.let_go")
    for signal in (post_save, post_delete):
        signal.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid=f"record.privacy.{id(signal)}")


def file_was_replaced(sender: type, file: Any, **kwargs: Any) -> None:
    """Other bytes under a title and number that pages may show: whoever puts them there is an author of what they
    show.
    """
    record(RecordKind.FILE_REPLACED, subject=file.title, digest=file.sha256, model=file._meta.label, file=file.pk)


def file_was_declared(sender: type, file: Any, **kwargs: Any) -> None:
    """Record who answers for a file whose text no program can read."""
    said = {"model": file._meta.label, "file": file.pk}
    record(RecordKind.DECLARED, subject=file.title, user=file.declared_by, digest=file.sha256, **said)


def revision_saved(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Record a change of content; what differs from the content before only in comments or bookkeeping is none."""
    if raw or (update_fields is not None and "content" not in update_fields):
        return
    if not issubclass(instance.content_type.model_class(), BasePage):
        return
    digest, page_id = content_digest(instance.content), int(instance.object_id)
    base = RecordEntry.objects.filter(page_id=page_id, kind=RecordKind.CONTENT_CHANGED).order_by("-pk").first()
    if base is None or base.digest != digest:
        page = Page.objects.get(pk=page_id)
        record(
            RecordKind.CONTENT_CHANGED,
            page=page,
            subject=instance.object_str,
            user=instance.user,
            revision=instance,
            digest=digest,
            base=base,
            **merged_draft(),
        )


def record_submission(workflow_state: Any, revision: Any, user: Any) -> None:
    """Record the content that is submitted, and the steps that it has to pass."""
    steps = [task.pk for task in workflow_state.workflow.tasks]
    record(
        RecordKind.SUBMITTED,
        page=workflow_state.content_object,
        subject=revision.object_str,
        user=user,
        revision=revision,
        digest=content_digest(revision.content),
        workflow_state=workflow_state.pk,
        workflow=workflow_state.workflow.name,
        steps=steps,
        files=files_of(revision.as_object()),
    )


DECISIONS = {TaskState.STATUS_APPROVED: RecordKind.PASSED, TaskState.STATUS_REJECTED: RecordKind.RETURNED}


def step_decided(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Record a step that was passed or returned, tied to the submission that it belongs to.

    Wagtail's signals of tasks come after the workflow's end, and so after the publication that must know of it.
    """
    if raw or instance.status not in DECISIONS:
        return
    revision = instance.revision
    submission = (
        RecordEntry.objects.filter(
            kind=RecordKind.SUBMITTED, revision_id=revision.pk, data__workflow_state=instance.workflow_state_id
        )
        .order_by("-pk")
        .first()
    )
    if submission is None or RecordEntry.objects.filter(base=submission, data__task_state=instance.pk).exists():
        return
    record(
        DECISIONS[instance.status],
        page=revision.content_object,
        subject=revision.object_str,
        user=instance.finished_by,
        revision=revision,
        digest=content_digest(revision.content),
        base=submission,
        reason=instance.comment,
        task=instance.task_id,
        step=instance.task.name,
        task_state=instance.pk,
    )


def withdrawn(sender: type, instance: Any, user: Any, **kwargs: Any) -> None:
    """Record that a workflow was cancelled."""
    if isinstance(instance.content_object.specific, BasePage):
        record(RecordKind.WITHDRAWN, page=instance.content_object, user=user, workflow_state=instance.pk)


def unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    """Record that a page is off line: it expired, or was taken down."""
    record(RecordKind.UNPUBLISHED, page=instance, expired=instance.expired)


def moved(sender: type, instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Record that a page stands elsewhere; reordering below the same parent changes no address."""
    if url_path_before != url_path_after:
        record(RecordKind.MOVED, page=instance, live=instance.live, before=url_path_before, after=url_path_after)


def deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Record that a page is gone. (Deleting sends this for each type that a page is of; the specific one counts.)"""
    if isinstance(instance, BasePage):
        record(RecordKind.DELETED, page=instance, live=instance.live, url_path=instance.url_path)


def let_go(sender: type, instance: Any, **kwargs: Any) -> None:
    """Let the draft go that was set aside of a page that is erased."""
    if isinstance(instance, Page):
        apps.get_model("review", "SetAsideDraft").objects.filter(page_id=instance.pk).delete()


def privacy_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Who may see a branch has changed."""
    removed = kwargs.get("signal") is post_delete
    record(RecordKind.PRIVACY_CHANGED, page=instance.page, restriction=instance.restriction_type, removed=removed)
