"""Who may do what, asked the other way round."""

from typing import Any

from django.contrib.auth import get_user_model


def those_who_may(permission: str) -> Any:
    """Return the active users to whom a group gives `permission`, by name.

    (Superusers may everything, and are told of nothing.)
    """
    users = get_user_model().objects.with_perm(
        permission, include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    return users.filter(is_active=True).order_by("full_name", "username")
