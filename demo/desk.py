"""How the demo's people work: exactly as in the admin, so that every page's history shows who did what."""

from typing import Any

from wagtail.models import Page

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER


class Desk:
    """Drafts, submits, reviews and approves as the accounts of the demo."""

    def __init__(self, users: dict[str, Any]) -> None:
        self.users = users

    def draft(self, parent: Any, page: Page) -> Any:
        """Put `page` below `parent` as the editor's draft and return it as it is stored."""
        page.live = False
        page.owner = self.users[EDITOR]
        page.slug_parent = parent
        parent = Page.objects.get(pk=parent.pk)
        parent.add_child(instance=page)
        page.save_revision(user=self.users[EDITOR], log_action="wagtail.create")
        return page

    def submit(self, page: Page) -> None:
        """Submit the draft for review."""
        page.get_workflow().start(page, self.users[EDITOR])

    def decide(self, page: Page, role: Any, action: str = "approve", comment: str = "") -> None:
        """Take the current step of the review."""
        page = Page.objects.get(pk=page.pk).specific
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, self.users[role], action, comment=comment)

    def publish(self, parent: Any, page: Page) -> Any:
        """Return the whole way: draft, submission, content review, approval."""
        page = self.draft(parent, page)
        self.submit(page)
        self.decide(page, REVIEWER)
        self.decide(page, APPROVER)
        return type(page).objects.get(pk=page.pk)
