"""Whether the rights that accounts have are those that the record tells of."""

from typing import Any

from django.contrib.auth import get_user_model

from .models import RecordEntry, RecordKind

# What an account has of which the record tells nothing.
_FIRST: dict[str, Any] = {"is_superuser": False, "is_active": True, "groups": []}


def problems() -> list[str]:
    """Return the accounts with roles or flags that nobody gave through the CMS, a line for each finding."""
    label = get_user_model()._meta.label
    told: dict[str, dict[str, Any]] = {}
    entries = RecordEntry.objects.filter(kind=RecordKind.RIGHTS_CHANGED, redacted_by=None, data__model=label)
    for data in entries.order_by("pk").values_list("data", flat=True).iterator(chunk_size=2000):
        account = told.setdefault(data["object"], dict(_FIRST))
        account |= {name: new for name, (_old, new) in data.get("changes", {}).items() if name in _FIRST}
    found = []
    for user in get_user_model().objects.order_by("pk").prefetch_related("groups"):
        recorded = told.get(str(user.pk), _FIRST)
        actual = {
            "is_superuser": user.is_superuser,
            "is_active": user.is_active,
            "groups": sorted(str(group) for group in user.groups.all()),
        }
        found += [
            f"the account {user.username} ({user.pk}): {name} is {actual[name]!r}, in the record {recorded[name]!r}"
            for name in _FIRST
            if actual[name] != recorded[name]
        ]
    return found
