"""The one road of a page to readers and back: what has to hold and what follows, in order.

Each function here is an act, each line of it a step with a module of its own; behind a step stands what it may refuse.
Whatever refuses ends the transaction, and nothing of the act remains. `CONNECTIONS` at the end are the signals by which
an act begins where Wagtail gives no other way; storing a page and finishing a workflow call in directly
(`cms.pages.publication`, `cms.publishing.finish`).

What two people do about what is public is judged by the kinds of their proposals (`takedown/kinds.py`,
`erasure/kinds.py`), which call in here for what follows.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move, task_submitted, workflow_cancelled

from cms.media.uses import drop_uses, files_of, write_uses
from cms.pages.base import BasePage
from cms.pages.content import content_fields
from cms.store.events import note_page, note_purged_file, note_redirects, note_showing
from cms.store.models import ChangeLogKind

from .bundles.actions import forget_in_bundles, hold_for_bundle, is_in_bundle, leave_bundle, record_leaving
from .bundles.models import BundleItem
from .record import keys
from .record.digest import Content
from .record.entries import (
    DECISIONS,
    is_of_ours,
    record_change,
    record_decision,
    record_declaration,
    record_deletion,
    record_move,
    record_off_line,
    record_privacy,
    record_replacement,
    record_schedule,
    record_submission,
    record_withdrawal,
)
from .record.gate import approval, judge, record_publication
from .record.models import RecordKind
from .record.traces import forget_traces
from .review.corrections import forget_draft
from .review.models import ReviewTask
from .review.urgent import owe_reviews
from .takedown.ending import end_for_new_content, end_proposals
from .takedown.entries import CHANGES, record_takedown
from .takedown.models import Takedown

# --- In review


def draft_is_saved(revision: Revision) -> None:
    """Follow a draft that is saved: who changed the content is an author of it."""
    record_change(revision)


def is_submitted(workflow_state: WorkflowState, revision: Revision, user: Any) -> None:
    """Follow a submission: content, files and owed steps are what the decisions are about from now on."""
    record_submission(workflow_state, revision, user, files_of(revision.as_object()))


def is_decided(state: TaskState) -> None:
    """Follow a step that was passed or returned (`ReviewTask.on_action` has judged who may)."""
    record_decision(state)


def is_withdrawn(workflow_state: WorkflowState, user: Any) -> None:
    """Follow a review that was ended without a decision."""
    record_withdrawal(workflow_state, user)


def is_approved(workflow_state: WorkflowState, user: Any) -> None:
    """Publish exactly the revision that passed every step, schedule it, or leave it to its bundle.

    Raise PermissionDenied, of which PublicationRefused is one.
    """
    last = workflow_state.current_task_state
    if last is None:
        raise PermissionDenied(_("A workflow without a step publishes nothing."))
    revision = last.revision
    page_id = int(revision.object_id)
    if is_in_bundle(page_id) or revision.content.get("go_live_at"):
        # It is not stored as live now, so it is judged here: refuses what `goes_live` refuses.
        page = revision.as_object()
        approved = approval(page_id, Content.of(revision), files_of(page), revision.pk)
        if hold_for_bundle(page, revision, user):
            return
        revision.publish(user=user, skip_permission_checks=True)
        revision.refresh_from_db(fields=["approved_go_live_at"])
        if revision.approved_go_live_at:
            record_schedule(page, revision, user, approved.steps)
    else:
        # Refuses what the page type does not take (ValidationError); leads to `goes_live`.
        revision.publish(user=user, skip_permission_checks=True)


# --- Stored


def page_is_stored(page: Page, names: set[str] | None, store: Callable[[], None]) -> None:
    """Store a page, whatever code asks for it: approved content, a draft's bookkeeping, an expiry."""
    if page.live and (names is None or "live" in names or names & content_fields(type(page))):
        goes_live(page, names, store)
    else:
        store()
        if names is None:
            is_off_line(page)


def goes_live(page: Page, names: set[str] | None, store: Callable[[], None]) -> None:
    """Store a page as live."""
    # Refuses content or files that nobody approved, by an author, before their time, or for the second time; an alias
    # that says something else (PublicationRefused). None: what readers get stays the same.
    publication = judge(page)
    # Refuses what the model does not take (ValidationError).
    store()
    if publication is not None:
        entry = record_publication(publication)
        end_for_new_content(page, entry)
        leave_bundle(page)
        if publication.urgent is not None:
            owe_reviews(publication.urgent)
        write_uses(page, publication.files)
    if names is None:
        note_page(ChangeLogKind.PUBLISHED, page)


def is_off_line(page: Page) -> None:
    """Follow a page that is stored and not live: a new draft, or one that has expired or was unpublished."""
    drop_uses(page)
    note_page(ChangeLogKind.UNPUBLISHED, page)


def is_moved(page: Page, before: str, after: str) -> None:
    """Follow a page that stands elsewhere with all below it; reordering below one parent changes no address."""
    if before != after:
        record_move(page, before, after)
        note_page(ChangeLogKind.MOVED, page)


def goes(page: Page) -> None:
    """Note who shows a page that is about to be deleted."""
    note_showing(page)


def is_deleted(page: Page) -> None:
    """Follow a page that is gone."""
    end_proposals(page)
    note_page(ChangeLogKind.DELETED, page)


def is_taken_down(takedown: Takedown, what: RecordKind, user: Any, reason: str) -> None:
    """Follow a page that is hidden, taken down for good or restored; `takedown/actions.py` and `takedown/kinds.py` have
    judged who may, and that readers are left with an answer.
    """
    note_page(CHANGES[what], takedown.page)
    record_takedown(takedown, what, user, reason)


def is_erased(instance: Any, purge: bool) -> None:
    """Let everybody who keeps something of a page or file (an image, a document) let it go, before two people delete or
    purge it.
    """
    if not isinstance(instance, Page):
        note_purged_file(instance)
        return
    forget_draft(instance)
    forget_in_bundles(instance)
    forget_traces(instance)
    if purge:
        # Before it is stored empty, so that the change gets this name.
        note_page(ChangeLogKind.PURGED, instance)


def is_restricted(restriction: PageViewRestriction, removed: bool) -> None:
    """Follow a change of who may see a branch."""
    record_privacy(restriction, removed)
    note_page(ChangeLogKind.PRIVACY, restriction.page, certain=True)


# --- Files


def file_is_replaced(file: Any) -> None:
    """Follow a file that got other bytes (the model refuses one that is shown or in review)."""
    record_replacement(file)


def file_is_declared(file: Any) -> None:
    """Follow a file for which somebody answers, since no program can read its text."""
    record_declaration(file)


def sign(content: list[Any]) -> str:
    """Sign what the CMS has made of a file that people approve."""
    return keys.sign(content)


# --- What Wagtail leaves no other way for


def _revision_saved(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    has_content = update_fields is None or "content" in update_fields
    if not raw and has_content and is_of_ours(instance.content_type_id):
        draft_is_saved(instance)


def _task_state_saved(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.status in DECISIONS:
        is_decided(instance)


def _task_submitted(sender: type, instance: Any, user: Any, **kwargs: Any) -> None:
    workflow_state, revision = instance.workflow_state, instance.revision
    begins = not workflow_state.successful_task_states.filter(revision=revision).exists()
    if begins and isinstance(instance.task.specific, ReviewTask):
        is_submitted(workflow_state, revision, user)


def _workflow_cancelled(sender: type, instance: Any, user: Any, **kwargs: Any) -> None:
    if is_of_ours(instance.content_type_id):
        is_withdrawn(instance, user)


def _out_of_bundle(sender: type, instance: Any, **kwargs: Any) -> None:
    record_leaving(instance)


def _unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    record_off_line(instance)


def _page_moved(sender: type, instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    is_moved(instance, url_path_before, url_path_after)


def _addresses_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    note_redirects(instance)


def _page_goes(sender: type, instance: Any, **kwargs: Any) -> None:
    # Deleting sends this for each type that a page is of.
    if isinstance(instance, BasePage):
        record_deletion(instance)
    elif sender is Page:
        goes(instance)


def _page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    is_deleted(instance)


def _restriction_changes(sender: type, instance: Any, **kwargs: Any) -> None:
    stored = PageViewRestriction.objects.filter(pk=instance.pk).select_related("page").first() if instance.pk else None
    if stored is not None:
        # The page that it was of before: hidden still, and perhaps not for long.
        note_page(ChangeLogKind.PRIVACY, stored.page, certain=True)


def _restriction_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    is_restricted(instance, removed=kwargs.get("signal") is post_delete)


# (signal, sender, receiver, why nothing else does)
CONNECTIONS: list[tuple[Any, Any, Callable[..., None], str]] = [
    (post_save, Revision, _revision_saved, "drafts are saved by editor, autosave, revert, copy and imports alike"),
    (post_save, TaskState, _task_state_saved, "Wagtail's signals of tasks come after the workflow's end"),
    (task_submitted, None, _task_submitted, "a workflow is started and resumed by Wagtail's views and models"),
    (post_delete, BundleItem, _out_of_bundle, "Wagtail's form of a bundle deletes rows, and so does deleting a page"),
    (workflow_cancelled, None, _workflow_cancelled, "Wagtail cancels in several places"),
    (page_unpublished, None, _unpublished, "only Wagtail knows that storing this page was unpublishing it"),
    (post_page_move, None, _page_moved, "a branch is moved by SQL; only this knows both addresses"),
    (page_slug_changed, None, _addresses_changed, "redirects from old addresses are made after the commit, by SQL"),
    (pre_delete, None, _page_goes, "a branch is deleted by querysets, which call no page's own `delete`"),
    (post_delete, Page, _page_deleted, "likewise"),
    (pre_save, PageViewRestriction, _restriction_changes, "Wagtail's screen stores the restriction, no page"),
    (post_save, PageViewRestriction, _restriction_changed, "likewise"),
    (post_delete, PageViewRestriction, _restriction_changed, "likewise"),
]


def connect() -> None:
    """Connect all of them."""
    for signal, sender, receiver, _why in CONNECTIONS:
        signal.connect(receiver, sender=sender, dispatch_uid=f"pipeline.{receiver.__name__}")
