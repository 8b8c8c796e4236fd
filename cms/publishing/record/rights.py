"""Whether the rights that accounts have are those that the record tells of."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from .logins import problems_of_factors
from .models import RecordEntry, RecordKind
from .replay import differences

# Of a second factor: what it consists of (kept encrypted, `cms.accounts.login.adapters`), and when it was used.
SECRETS = frozenset({"data", "last_used_at"})

# What an account has of which the record tells nothing. Nobody is given single permissions: roles have them.
_FIRST: dict[str, Any] = {"is_superuser": False, "is_active": True, "groups": [], "user_permissions": []}


def problems() -> list[str]:
    """Return the accounts with roles, flags or addresses that nobody gave through the CMS, a line for each finding."""
    told, found = _told(), []
    for user in get_user_model().objects.order_by("pk").prefetch_related("groups", "user_permissions"):
        recorded = told.get(str(user.pk), _FIRST)
        actual = {
            "is_superuser": user.is_superuser,
            "is_active": user.is_active,
            "email": user.email,
            "groups": sorted(str(group) for group in user.groups.all()),
            "user_permissions": [permission.codename for permission in user.user_permissions.all()],
        }
        wanted = {**_FIRST, **recorded, "user_permissions": []}
        found += [
            f"the account {user.username} ({user.pk}): {name} is {actual[name]!r}, in the record {value!r}"
            for name, value in wanted.items()
            if actual[name] != value
        ]
    return found + differences(Authenticator, ignore=SECRETS) + problems_of_factors()


def _told() -> dict[str, dict[str, Any]]:
    """Return what the record tells of each account, by id; roles by the names that they have now."""
    accounts, roles = get_user_model()._meta.label, Group._meta.label
    told: dict[str, dict[str, Any]] = {}
    entries = RecordEntry.objects.filter(kind=RecordKind.RIGHTS_CHANGED, redacted_by=None)
    entries = entries.filter(data__model__in=[accounts, roles]).order_by("pk")
    for data in entries.values_list("data", flat=True).iterator(chunk_size=2000):
        changes = data.get("changes", {})
        if data["model"] == accounts and data.get("removed"):
            told.pop(data["object"], None)
        elif data["model"] == accounts:
            account = told.setdefault(data["object"], dict(_FIRST))
            account |= {name: new for name, (_old, new) in changes.items() if name in {*_FIRST, "email"}}
        elif "name" in changes:
            old, new = changes["name"]
            for account in told.values():
                if old in account["groups"]:
                    kept = [name for name in account["groups"] if name != old]
                    account["groups"] = sorted([*kept, new] if new else kept)
    return told
