"""What of a change of an account needs a second person, and how it is asked for."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from .. import mails
from ..actions import open_proposal, propose
from ..models import Proposal, Trusted
from .factors import has_factor
from .kind import NAME, apply, lines_of, seal_of
from .trust import deciding_groups, holds, somebody_else_could_confirm


def needs_second_person(
    user: Any,
    groups: Any = (),
    reopens: bool = False,
    email: str | None = None,
    password: str = "",
    factor: bool = False,
) -> dict[str, Any]:
    """Return what of these changes of the stored account `user` needs a second person, as `RightsKind` has it.

    `groups` are ids of groups that are to be added, `email` and `password` (in clear) what is to be set, `factor`
    whether the second factor is to be taken away.
    """
    changes: dict[str, Any] = {}
    # Whoever once decided stands in the record: taking the right away first makes the account nobody's.
    is_holder = holds(user) or Trusted.objects.filter(user=user).exists()
    if added := sorted(deciding_groups().filter(pk__in=groups).values_list("pk", flat=True)):
        changes["groups"] = [sorted(user.groups.values_list("pk", flat=True)), added]
    if is_holder and reopens:
        changes["is_active"] = [False, True]
    if is_holder and email is not None and email != user.email:
        changes["email"] = [user.email, email]
    if is_holder and password:
        changes["password"] = ["", make_password(password)]
    if factor and has_factor(user):
        # Of anybody: it lets the password alone in.
        changes["factor"] = [True, False]
    return changes


@transaction.atomic
def ask_for(user: Any, changes: dict[str, Any], by: Any, reason: str) -> Proposal | None:
    """Propose `changes` of the account `user`; where nobody else could confirm them (a new installation) do it at once,
    and return None.
    """
    if somebody_else_could_confirm(user, by):
        sealed = {**changes, "account": seal_of(user)}
        return propose(NAME, user, f"{user.get_full_name()} ({user.username})", sealed, by, reason)
    addresses = [user.email, changes.get("email", ["", ""])[1]]
    apply(user, changes)
    mails.tell_of_immediate(user.get_full_name(), lines_of(changes), addresses, by)
    return None


def waits(user: Any) -> Proposal | None:
    """Return what is proposed for an account, or None."""
    return open_proposal(NAME, user)
