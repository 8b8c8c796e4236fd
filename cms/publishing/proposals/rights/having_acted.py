"""Whether an account stands for somebody's work."""

from typing import Any

from cms.publishing.record.models import RecordEntry


def has_acted(user: Any) -> bool:
    """Return whether the account was ever used, or ever held a right that decides."""
    return (
        user.last_login is not None
        or user.trusted_at is not None
        or RecordEntry.objects.filter(user_id=user.pk).exists()
    )
