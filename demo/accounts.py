"""The accounts of the demo, one for each role."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER

PEOPLE = {
    EDITOR: ("Nguyễn Thu Hà", "Chuyên viên", "Văn phòng Ban"),
    REVIEWER: ("Trần Văn Bình", "Trưởng phòng", "Phòng Dân vận cơ quan nhà nước"),
    APPROVER: ("Lê Thị Minh", "Phó Trưởng Ban", "Lãnh đạo Ban"),
    ADMIN: ("Phạm Quốc Anh", "Quản trị mạng", "Văn phòng Ban"),
}


def path() -> Path:
    """Return where names and password are kept, readable by the owner alone."""
    return settings.DATA_DIR / "demo-accounts.json"


def make_accounts() -> dict:
    """Return the four accounts by role, made where they are missing."""
    users = {}
    for role, (name, position, unit) in PEOPLE.items():
        user, created = get_user_model().objects.get_or_create(
            username=role,
            defaults={"full_name": name, "position": position, "unit": unit},
        )
        if created:
            user.groups.add(Group.objects.get(name=GROUPS[role]))
        users[role] = user
    return users


def give_addresses(users: Iterable[Any]) -> None:
    """Give the accounts mail addresses: only when the demo is made, so that making it sends no mail."""
    for role, user in users.items():
        user.email = f"{role}@example.org"
        user.save(update_fields=["email"])


def set_password() -> None:
    """Give the accounts the password of DEMO_PASSWORD, else the one that is kept, else a new one; and keep it."""
    kept = json.loads(path().read_text()) if path().exists() else {}
    password = os.environ.get("DEMO_PASSWORD") or kept.get("password") or secrets.token_urlsafe(9)
    for user in get_user_model().objects.filter(username__in=PEOPLE):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
    content = json.dumps({"password": password, "accounts": GROUPS}, ensure_ascii=False, indent=2)
    with os.fdopen(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content + "\n")
