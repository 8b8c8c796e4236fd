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


def locks_of(pages: list[Page]) -> dict[int, BundleLock]:
    """Return the locks of those of `pages` that wait for their bundle, by id."""
    items = BundleItem.objects.filter(page__in=pages, is_open=True, revision__isnull=False).select_related("bundle")
    bundles = {item.page_id: item.bundle for item in items}
    return {page.pk: BundleLock(page, bundles[page.pk]) for page in pages if page.pk in bundles}
