"""The lock of a page that is ready and waits for the others of its bundle."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import Page

from cms.publishing.bundles.models import Bundle

from .models import BundleItem


class BundleLock(BaseLock):
    """Holds for everybody."""

    def __init__(self, page: Page, bundle: Bundle) -> None:
        super().__init__(page)
        self.bundle = bundle

    def for_user(self, user: Any) -> Any:
        return True

    def get_message(self, user: Any) -> str | None:
        return _(
            "This page is approved and waits to be published with the bundle “%(name)s”, so nobody can change it. To "
            "change it, take it out of the bundle."
        ) % {"name": self.bundle}

    def get_locked_by(self, user: Any) -> str:
        return _("Waits for its bundle")

    def get_description(self, user: Any) -> str | None:
        return self.get_message(user)


def lock_of(page: Page) -> Any:
    """Return the lock of `page`, or None."""
    if not page.pk:
        return None
    item = (
        BundleItem.objects.filter(page_id=page.pk, is_open=True, revision__isnull=False)
        .select_related("bundle")
        .first()
    )
    return BundleLock(page, item.bundle) if item is not None else None
