"""Whether an account stands for somebody's work."""

from typing import Any

from cms.publishing.record.models import RecordEntry

from ..models import Trusted


def has_acted(user: Any) -> bool:
    """Return whether the account was ever used, or ever held a right that decides."""
    return (
        user.last_login is not None
        or Trusted.objects.filter(user=user).exists()
        or RecordEntry.objects.filter(user_id=user.pk).exists()
    )
