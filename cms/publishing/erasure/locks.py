"""The lock of a page of which somebody has proposed the deletion or purge: it must not slip away, nor change, before a
second person has looked.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import Page

from .actions import waiting


class ErasureLock(BaseLock):
    """Holds for everybody."""

    def for_user(self, user: Any) -> Any:
        return True

    def get_message(self, user: Any) -> str | None:
        return _(
            "Somebody has proposed to delete or purge this page, so nobody can change it until a second person has "
            "decided."
        )

    def get_locked_by(self, user: Any) -> str:
        return _("Waits for a second person")

    def get_description(self, user: Any) -> str | None:
        return self.get_message(user)


def lock_of(page: Page) -> Any:
    """Return the lock of `page`, or None."""
    return ErasureLock(page) if page.pk and waiting("page", page.pk) is not None else None
