"""Locks of pages over Wagtail's: one for those who may only read, and those that other apps register."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import Page

_locks: list[Callable] = []


def register_lock(function: Callable) -> None:
    """Register `function(pages) -> {page_id: lock}`, which says what else keeps pages from being changed."""
    _locks.append(function)


def registered_locks(pages: Iterable[Page]) -> dict[int, Any]:
    """Return the first lock that an app has for each of `pages`, by id, where there is one."""
    stored = [page for page in pages if page.pk]
    found: dict[int, Any] = {}
    for function in _locks:
        found = {**function(stored), **found}
    return found


class RoleLock(BaseLock):
    """Holds for whoever may open a page in the editor without a right to change it."""

    def for_user(self, user: Any) -> Any:
        return not self.object.permissions_for_user(user).can_change_content()

    def get_message(self, user: Any) -> str | None:
        if self.for_user(user):
            return _("You can read this page and its history here; changing it is not part of your role.")
        return None

    def get_icon(self, user: Any) -> str:
        return "lock" if self.for_user(user) else "lock-open"

    def get_locked_by(self, user: Any) -> str:
        return _("Read only for your role") if self.for_user(user) else _("Open for changes")

    def get_description(self, user: Any) -> str:
        return self.get_message(user) or _("You can change this page.")
