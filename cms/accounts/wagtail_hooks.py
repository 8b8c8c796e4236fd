"""Wagtail's bulk actions on users, under the rules of `cms.accounts.permissions`."""

from typing import Any

from wagtail import hooks
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from .permissions import may_change_role


class RightsMixin:
    """Leaves out the accounts that the user may not change."""

    def check_perm(self, obj: Any) -> Any:
        return super().check_perm(obj) and may_change_role(self.request.user, obj)


# After Wagtail's own, which they replace.
@hooks.register("register_bulk_action", order=100)
class AssignRole(RightsMixin, AssignRoleBulkAction):
    """Gives a role to several users."""


@hooks.register("register_bulk_action", order=100)
class SetActiveState(RightsMixin, SetActiveStateBulkAction):
    """Lets several users in, or keeps them out."""
