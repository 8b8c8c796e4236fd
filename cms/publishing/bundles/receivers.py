"""What takes a page out of its bundle."""

from typing import Any

from django.db.models.signals import post_delete
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.signals import erasing, publication_recorded
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from .actions import give_back
from .models import Bundle, BundleItem


def connect() -> None:
    """Connect the receivers."""
    post_delete.connect(taken_out, sender=BundleItem, dispatch_uid="bundles.taken_out")
    publication_recorded.connect(published, dispatch_uid="bundles.published")
    erasing.connect(erased, dispatch_uid="bundles.erased")


def taken_out(sender: type, instance: Any, **kwargs: Any) -> None:
    """Somebody took a page out of a bundle that is not published yet."""
    if instance.is_open:
        page = Page.objects.filter(pk=instance.page_id).first()
        record(RecordKind.BUNDLE_LEFT, page=page, subject=str(page or instance.page_id), bundle=instance.bundle_id)
        bundle = Bundle.objects.filter(pk=instance.bundle_id).first()
        if bundle is not None and bundle.status == "released":
            give_back(bundle, [_("A page of it was published or erased on its own.")])


def published(sender: type, page: Page, **kwargs: Any) -> None:
    """Take a page out that was published without the others, as in an emergency.

    (A bundle closes its items before it publishes them.)
    """
    BundleItem.objects.filter(page_id=page.pk, is_open=True).delete()


def erased(sender: type, instance: Any, **kwargs: Any) -> None:
    """Take a page out that two people delete or purge."""
    if isinstance(instance, Page):
        BundleItem.objects.filter(page_id=instance.pk).delete()
