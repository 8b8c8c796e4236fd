"""Who may do what to a page, over the raw permissions of Wagtail's groups."""

from typing import Any

from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from .obstacles import obstacles

# Nobody can use this right (the tester refuses locking to everybody), so it stands for the right to read.
READ = "lock"

# Wagtail asks for one of these, among others, where a screen only shows pages: reports, histories
# (`any_permission_required` in `wagtail.admin.views`). What changes a page is judged by its tester.
WRITING = frozenset({"add", "change"})


class PortalPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy, with readers let into what asks for any right on pages: explorer, histories, usage, reports.

    What may be done to a page is judged by its tester, below.
    """

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        actions = set(actions)
        return super().user_has_any_permission(user, actions | {READ} if actions >= WRITING else actions)


class PortalPagePermissionTester(PagePermissionTester):
    """Nobody publishes, unpublishes, moves or deletes live content directly; superusers are no exception.

    Publication is the last act of a workflow. Reviewers and approvers hold no right to change a page, but
    open it (read only: `cms.pages.locks.RoleLock`), its history, comparisons and previews.
    """

    def can_change_content(self) -> bool:
        """Return whether the user's role may draft here at all (locks are judged elsewhere)."""
        if not self.user.is_active or self.page_is_root:
            return False
        if self.user.is_superuser or "change" in self.permissions:
            return True
        return "add" in self.permissions and self.page.owner_id == self.user.pk

    def can_read(self) -> bool:
        """Return whether the user may see drafts and the history: any permission on pages in a group is enough."""
        if not self.user.is_active or self.page_is_root:
            return False
        return self.user.is_superuser or bool(getattr(self, "permissions", ()))

    def can_edit(self) -> bool:
        # Wagtail asks it to open the editor, which shows the page to those who may read it, locked.
        return self.can_read()

    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and not getattr(self.page, "alias_of_id", None)

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_unlock(self) -> bool:
        return self.user_has_lock() or self.user.is_superuser

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.page.live or not self.can_change_content() or not (ignore_bulk or self.page.is_leaf()):
            return False
        # What is in review or scheduled is fixed, so Wagtail's locks of those need not be asked for.
        found = obstacles(self.page)
        lock = found.lock or (self.page.get_lock() if self.page.locked else None)
        return not (found.is_fixed or found.is_shown or (lock is not None and lock.for_user(self.user)))

    def can_move(self) -> bool:
        return self.can_delete(ignore_bulk=True)

    def can_move_to(self, destination: Any) -> bool:
        return self.can_move() and super().can_move_to(destination)

    def can_copy(self) -> bool:
        return self.can_change_content()

    def can_submit_for_moderation(self) -> bool:
        return self.can_change_content() and super().can_submit_for_moderation()


def may_read(page: Any, user: Any) -> bool:
    """Return whether the user may see drafts and the history of a page; of the tree's root, which has none, nobody."""
    tester = page.permissions_for_user(user)
    return isinstance(tester, PortalPagePermissionTester) and tester.can_read()
