"""The proposal of rights: to give somebody a right to review, approve or administer, or to set the password or address
of somebody who holds one.
"""

import hashlib
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.mail import admin_address, send_to_on_commit
from cms.publishing.record.models import RecordEntry

from ..kinds import Kind, Line
from ..models import Proposal
from .factors import take_factors_away
from .trust import holders, holds

NAME = "rights"
# What gives somebody rights.
GRANTS = {"groups", "is_active"}


class RightsKind(Kind):
    """`changes` has some of `groups` ([ids before, ids to be added]), `is_active`, `email`, `password` (["", hash]) and
    `factor`; `account` is what the account was when it was proposed.
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

    def lock(self, proposal: Proposal) -> None:
        get_user_model().objects.select_for_update().filter(pk=proposal.object_id).first()

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        user = account_of(proposal)
        if user is None or seal_of(user) != proposal.changes["account"]:
            raise ValidationError(_("Meanwhile this account was changed: refuse this and propose it anew."))
        email = proposal.changes.get("email", ["", ""])[1]
        if email and get_user_model().objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
            raise ValidationError(_("Meanwhile another account has this address: refuse this and propose another one."))

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        user = get_user_model().objects.select_for_update().get(pk=proposal.object_id)
        apply(user, proposal.changes)
        if proposal.changes.keys() & GRANTS and "password" not in proposal.changes:
            end_password(user)

    def forget(self, proposal: Proposal) -> None:
        if "password" in proposal.changes:
            proposal.changes = {**proposal.changes, "password": ["", "…"]}

    def lines(self, proposal: Proposal) -> list[Line]:
        user = account_of(proposal)
        lines = lines_of(proposal.changes)
        if user is not None and "email" not in proposal.changes:
            lines.append(Line(_("mails go to"), user.email, user.email))
        return lines

    def consequence(self, proposal: Proposal) -> str:
        parts = []
        if "groups" in proposal.changes:
            parts.append(_("This person may decide with these roles on what becomes public, or on who may."))
        if proposal.changes.keys() & GRANTS:
            parts.append(
                _(
                    "Make sure that the address is theirs: a password that somebody else has set ends, and they set "
                    "their own by mail."
                )
            )
        if "is_active" in proposal.changes:
            parts.append(_("The account is open again, with all rights that it had."))
        if "email" in proposal.changes:
            parts.append(_("Whoever reads the new address can set the password of this account."))
        if "password" in proposal.changes:
            parts.append(_("Whoever knows the new password works under this name: let the person change it at once."))
        if "factor" in proposal.changes:
            parts.append(
                _(
                    "Whoever knows the password gets in, and adds a second factor of their own: make sure that it is "
                    "this person who asks."
                )
            )
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
    if "factor" in changes:
        lines.append(Line(_("second factor"), _("there"), _("taken away")))
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
    if "factor" in changes:
        take_factors_away(user)


def end_password(user: Any) -> None:
    """End a password that another person has set, and mail a link to set a new one: who gets a right has a password
    that nobody else knows.
    """
    if set_by_another(user):
        # One that can be used, since Django resets no others.
        user.set_password(get_random_string(40))
        user.save(update_fields=["password"])
        mail_link(user)


def set_by_another(user: Any) -> bool:
    """Return whether the record shows that another person set the password last."""
    told = RecordEntry.objects.filter(data__model=user._meta.label, data__object=str(user.pk))
    last = told.filter(data__changes__has_key="password").order_by("-pk").first()
    return last is not None and last.user_id not in (None, user.pk)


def mail_link(user: Any) -> None:
    """Mail a link by which the person sets a password of their own; it ends as those of Django do."""
    arguments = [urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
    address = admin_address(reverse("wagtailadmin_password_reset_confirm", args=arguments))
    body = _(
        "The account %(username)s has got rights that two people gave it. The password that somebody else had set for "
        "it ended. Set your own: %(address)s\n"
    )
    send_to_on_commit(_("Set your password"), body % {"username": user.username, "address": address}, [user.email])
