"""The proposal of what roles may do, and who takes which step of a workflow."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kinds import Kind, Line
from ..models import Proposal
from ..rights.trust import holders, holds
from . import changes

NAME = "roles"


class RolesKind(Kind):
    """`changes` is what `changes.between` returns."""

    name = NAME
    label = gettext_lazy("Rights of roles and steps of workflows")

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return user.is_active and holds(user) and self.deciders(proposal).filter(pk=user.pk).exists()

    def deciders(self, proposal: Proposal) -> Any:
        others = holders().exclude(pk=proposal.proposed_by_id)
        # Who would get a right decides only where nobody else is there: two people it is in any case.
        unconcerned = others.exclude(groups__in=proposal.changes["gaining"])
        return (unconcerned if unconcerned.exists() else others).order_by("full_name", "username")

    def concerned(self, proposal: Proposal) -> list[str]:
        members = get_user_model().objects.filter(is_active=True, groups__in=proposal.changes["gaining"])
        return list(members.distinct().values_list("email", flat=True))

    def lock(self, proposal: Proposal) -> None:
        # They are few, and a change of one rests on the others.
        list(Group.objects.select_for_update().order_by("pk"))

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        changes.check(proposal.changes)

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        changes.store(proposal.changes)

    def lines(self, proposal: Proposal) -> list[Line]:
        return [Line(*words) for words in proposal.changes["words"]]

    def consequence(self, proposal: Proposal) -> str:
        gaining = Group.objects.filter(pk__in=proposal.changes["gaining"]).order_by("name")
        if not gaining:
            return _("Nobody may do more than before by it.")
        members = get_user_model().objects.filter(is_active=True, groups__in=gaining).distinct().count()
        return _("These roles may do more than before, with all who have them: %(roles)s. People: %(count)s.") % {
            "roles": ", ".join(group.name for group in gaining),
            "count": members,
        }
