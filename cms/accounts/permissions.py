"""Who may change whose account, beyond the permission to change users."""

from typing import Any


def may_manage(user: Any, other: Any) -> bool:
    """Only a superuser changes a superuser: whoever sets a password has all of the account's rights."""
    return user.is_superuser or not other.is_superuser


def may_change_role(user: Any, other: Any) -> bool:
    """Nobody changes their own groups or flags, superusers neither."""
    return other.pk != user.pk and may_manage(user, other)
