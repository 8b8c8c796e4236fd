"""The proposal of rights: to give somebody a right to review, approve or administer, or to set the password or address
of somebody who holds one.
"""

import hashlib
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kinds import Kind, Line
from ..models import Proposal
from .trust import holders, holds

NAME = "rights"


class RightsKind(Kind):
    """`changes` has some of `groups` ([ids before, ids to be added]), `is_active`, `email` and `password` (["", hash]);
    `account` is what the account was when it was proposed.
    """

    name = NAME
    label = gettext_lazy("Rights of an account")

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return user.is_active and user.pk != proposal.object_id and holds(user)

    def deciders(self, proposal: Proposal) -> Any:
        return holders().exclude(pk__in=[proposal.proposed_by_id, proposal.object_id]).order_by("full_name", "username")

    def concerned(self, proposal: Proposal) -> list[str]:
        user = account_of(proposal)
        return [user.email if user is not None else "", proposal.changes.get("email", ["", ""])[1]]

    def check(self, proposal: Proposal) -> None:
        user = account_of(proposal)
        if user is None or seal_of(user) != proposal.changes["account"]:
            raise ValidationError(_("Meanwhile this account was changed: refuse this and propose it anew."))

    def carry_out(self, proposal: Proposal) -> None:
        user = get_user_model().objects.select_for_update().get(pk=proposal.object_id)
        apply(user, proposal.changes)

    def forget(self, proposal: Proposal) -> None:
        if "password" in proposal.changes:
            proposal.changes = {**proposal.changes, "password": ["", "…"]}

    def lines(self, proposal: Proposal) -> list[Line]:
        return lines_of(proposal.changes)

    def consequence(self, proposal: Proposal) -> str:
        parts = []
        if "groups" in proposal.changes:
            parts.append(_("This person may decide with these roles on what becomes public, or on who may."))
        if "is_active" in proposal.changes:
            parts.append(_("The account is open again, with all rights that it had."))
        if "email" in proposal.changes:
            parts.append(_("Whoever reads the new address can set the password of this account."))
        if "password" in proposal.changes:
            parts.append(_("Whoever knows the new password works under this name: let the person change it at once."))
        return " ".join(parts)


def account_of(proposal: Proposal) -> Any:
    """Return the account, or None where it is gone."""
    return get_user_model().objects.filter(pk=proposal.object_id).first()


def seal_of(user: Any) -> str:
    """Change with everything that a person who confirms has in mind: who it is, who gets its mail, who can log in."""
    known = [user.username, user.full_name, user.email, user.password, user.is_active]
    return hashlib.sha256(repr(known).encode()).hexdigest()


def lines_of(changes: dict[str, Any]) -> list[Line]:
    """Return changes of an account in words; never a password."""
    lines = []
    if "groups" in changes:
        before, added = changes["groups"]
        names = dict(Group.objects.filter(pk__in=[*before, *added]).values_list("pk", "name"))
        old = [names.get(pk, "–") for pk in before]
        lines.append(Line(_("roles"), ", ".join(old), ", ".join([*old, *(names.get(pk, "–") for pk in added)])))
    if "is_active" in changes:
        lines.append(Line(_("account"), _("closed"), _("open")))
    if "email" in changes:
        lines.append(Line(_("e-mail"), *changes["email"]))
    if "password" in changes:
        lines.append(Line(_("password"), "…", _("a new one")))
    return lines


def apply(user: Any, changes: dict[str, Any]) -> None:
    """Change the account; recorded by the record's own watch."""
    if "email" in changes:
        user.email = changes["email"][1]
    if "is_active" in changes:
        user.is_active = True
    if "password" in changes:
        user.password = changes["password"][1]
    user.save()
    if "groups" in changes:
        user.groups.add(*changes["groups"][1])
