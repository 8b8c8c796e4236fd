"""Who wrote what is under review: judged on content, by the record, which outlives revisions (`purge_revisions` can't erase it)."""

from collections import defaultdict

from wagtail.models import TaskState, WorkflowState

from cms.record.models import Entry, Kind


class Ledger:
    """The changes of the content of some pages, and what of it was published. One query, however many pages."""

    def __init__(self, page_ids):
        self.changes = defaultdict(list)
        self.published = defaultdict(set)
        entries = Entry.objects.filter(page_id__in=page_ids, kind__in=[Kind.CONTENT_CHANGED, Kind.PUBLISHED])
        for entry in entries.only("kind", "page_id", "user_id", "digest", "base_id").order_by("pk"):
            if entry.kind == Kind.PUBLISHED:
                self.published[entry.page_id].add(entry.digest)
            else:
                self.changes[entry.page_id].append(entry)

    def change(self, page_id, digest):
        """The latest change that came to this content, or None."""
        return next((entry for entry in reversed(self.changes[page_id]) if entry.digest == digest), None)

    def authors(self, page_id, digest) -> set[int] | None:
        """Everybody who changed something on the way from a published version to this content.

        None where the record does not know the content: it came about behind its back, and nobody can say who wrote it.
        """
        entry, authors = self.change(page_id, digest), set()
        if entry is None:
            return None
        by_id = {one.pk: one for one in self.changes[page_id]}
        while entry is not None and entry.digest not in self.published[page_id]:
            if entry.user_id is not None:
                authors.add(entry.user_id)
            entry = by_id.get(entry.base_id)
        return authors


def author_ids(page, digest) -> set[int] | None:
    """As `Ledger.authors`, for one page."""
    return Ledger([page.pk]).authors(page.pk, digest)


def may_pass(user, task_states) -> set[int]:
    """Those of `task_states` (open ones, by id) that `user` may take by the rule of four eyes.

    Nobody passes what they wrote, and two steps are taken by two people. Superusers are no exception.
    """
    states = {state.pk: state for state in task_states}
    submitted = {
        (entry.data["workflow_state"], entry.revision_id): entry
        for entry in Entry.objects.filter(
            kind=Kind.SUBMITTED, revision_id__in={state.revision_id for state in states.values()}
        ).order_by("pk")
    }
    ledger = Ledger({entry.page_id for entry in submitted.values()})
    passed = defaultdict(set)
    rows = TaskState.objects.filter(
        workflow_state__in={state.workflow_state_id for state in states.values()}, status=TaskState.STATUS_APPROVED
    ).exclude(finished_by=None)
    for workflow_state_id, revision_id, user_id in rows.values_list("workflow_state", "revision", "finished_by"):
        passed[workflow_state_id, revision_id].add(user_id)
    mine = set()
    for pk, state in states.items():
        key = state.workflow_state_id, state.revision_id
        if key in submitted:
            authors = ledger.authors(submitted[key].page_id, submitted[key].digest)
            if authors is not None and user.pk not in authors | passed[key]:
                mine.add(pk)
    return mine


def may_pass_now(user, workflow_state: WorkflowState | None) -> bool:
    """Whether `user` may take the current step of `workflow_state`."""
    state = workflow_state and workflow_state.current_task_state
    return bool(state) and state.pk in may_pass(user, [state])
