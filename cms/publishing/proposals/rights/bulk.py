"""Wagtail's bulk actions on accounts, under the same rules as the forms."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from cms.accounts.permissions import may_change_role

from .asking import ask_for, needs_second_person, waits
from .having_acted import has_acted


class RightsMixin:
    """Leaves out the accounts that the user may not change, and those of which a change waits already."""

    def check_perm(self, obj: Any) -> Any:
        return super().check_perm(obj) and may_change_role(self.request.user, obj) and waits(obj) is None

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "by": self.request.user}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> Any:
        text = ngettext(
            "%(count)s account is changed. What needs a second person is proposed.",
            "%(count)s accounts are changed. What needs a second person is proposed.",
            num_parent_objects,
        )
        return text % {"count": num_parent_objects}


class AssignRole(RightsMixin, AssignRoleBulkAction):
    """Gives a role to several people; one that decides is proposed."""

    @classmethod
    def execute_action(cls, objects: Any, role: Any = None, by: Any = None, **kwargs: Any) -> Any:
        for user in objects:
            if asked := needs_second_person(user, groups=[role.pk]):
                ask_for(user, asked, by, _("Role given to several people at once"))
            else:
                user.groups.add(role)
        return len(objects), 0


class SetActiveState(RightsMixin, SetActiveStateBulkAction):
    """Lets several people in, or keeps them out; to reopen an account that decides is proposed."""

    @classmethod
    def execute_action(
        cls, objects: Any, mark_as_active: bool = False, model: Any = None, by: Any = None, **kwargs: Any
    ) -> Any:
        for user in objects:
            asked = needs_second_person(user, reopens=mark_as_active and not user.is_active)
            if asked:
                ask_for(user, asked, by, _("Several accounts opened at once"))
            else:
                user.is_active = mark_as_active
                user.save(update_fields=["is_active"])
        return len(objects), 0


class DeleteUnused(DeleteBulkAction):
    """Deletes accounts that were never used."""

    def check_perm(self, obj: Any) -> Any:
        return super().check_perm(obj) and not has_acted(obj)
