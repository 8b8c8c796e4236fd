"""Failed log-ins and lock-outs in the record, and the alert to the administrators."""

import hashlib
import json
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from cms.accounts.holders import those_who_may
from cms.accounts.login.sessions import FACTORS
from cms.accounts.login.signals import locked_out, login_failed
from cms.core.mail import send_to_on_commit

from .labels import subject_of
from .models import RecordEntry, RecordKind
from .write import record


def connect() -> None:
    """Listen to what the log-in tells."""
    login_failed.connect(_failed, dispatch_uid="record.login_failed")
    locked_out.connect(_locked_out, dispatch_uid="record.locked_out")
    post_save.connect(_factor_made, sender=Authenticator, dispatch_uid="record.factor_made")


def _factor_made(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record what it consists of, so that nobody puts another one in its place."""
    if created and not raw and instance.type in FACTORS:
        changes = {"content": ["", digest_of(instance)]}
        record(
            RecordKind.RIGHTS_CHANGED, subject=subject_of(instance), model=instance._meta.label,
            object=str(instance.pk), changes=changes,
        )  # fmt: skip


def digest_of(factor: Any) -> str:
    """Return the SHA-256 of what a second factor consists of. (Recovery codes change as they are used.)"""
    return hashlib.sha256(json.dumps(factor.data, sort_keys=True).encode()).hexdigest()


def problems_of_factors() -> list[str]:
    """Return the second factors of which the record does not tell, or that are others than those that were added."""
    told: dict[str, str] = {}
    entries = RecordEntry.objects.filter(kind=RecordKind.RIGHTS_CHANGED, redacted_by=None)
    entries = entries.filter(data__model=Authenticator._meta.label, data__changes__has_key="content").order_by("pk")
    for data in entries.values_list("data", flat=True):
        told[data["object"]] = data["changes"]["content"][1]
    return [
        f"the second factor {one.pk} of {one.user} is not the one that was added"
        for one in Authenticator.objects.filter(type__in=FACTORS).select_related("user").order_by("pk")
        if told.get(str(one.pk)) != digest_of(one)
    ]


@transaction.atomic
def _failed(sender: Any, user: Any, address: str, how: str, **kwargs: Any) -> None:
    # Nobody did it whom we know, so no entry is of a user; a name that nobody has may be a password, and is not kept.
    record(RecordKind.LOGIN_FAILED, subject=_name(user), address=address, how=how, **_account(user))


@transaction.atomic
def _locked_out(sender: Any, user: Any, address: str, **kwargs: Any) -> None:
    record(RecordKind.LOCKED_OUT, subject=_name(user), address=address, **_account(user))
    if user is None:
        return
    body = _(
        "Somebody at the address %(address)s has typed wrong passwords or codes for the account %(username)s, and is "
        "locked out for an hour.\n\nIf that was not you, nothing is lost; tell your administrator. Administrators: if "
        "it goes on, keep the address out at the proxy.\n"
    )
    told = {one.email for one in those_who_may("accounts.change_user")} | {user.email}
    words = {"address": address, "username": user.get_username()}
    send_to_on_commit(_("Locked out: %(name)s") % {"name": user.get_full_name()}, body % words, sorted(told))


def _name(user: Any) -> str:
    return subject_of(user) if user is not None else _("A name that no account has")


def _account(user: Any) -> dict[str, Any]:
    return {"model": get_user_model()._meta.label, "object": str(user.pk)} if user is not None else {}
