"""Where changes of public content are noticed."""

import uuid
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from cms.pages.followers import notify_page
from cms.pages.signals import content_stored, erasing

from .events import follow_model, note_model, note_page, note_purged_file, note_redirects, note_showing
from .models import ChangeLogHead, ChangeLogKind
from .removal import remove_outside


def connect() -> None:
    """Connect the receivers."""
    follow_model(Redirect)
    content_stored.connect(page_stored, dispatch_uid="store.page_stored")
    post_page_move.connect(page_moved, dispatch_uid="store.page_moved")
    pre_delete.connect(page_goes, sender=Page, dispatch_uid="store.page_goes")
    post_delete.connect(page_deleted, sender=Page, dispatch_uid="store.page_deleted")
    page_slug_changed.connect(address_of_page_changed, dispatch_uid="store.address_of_page_changed")
    erasing.connect(something_purged, dispatch_uid="store.something_purged")
    for signal in (post_save, post_delete):
        signal.connect(privacy_changed, sender=PageViewRestriction, dispatch_uid="store.privacy_changed")
        signal.connect(site_changed, sender=Site, dispatch_uid="store.site_changed")
    for signal in (pre_save, pre_delete):
        signal.connect(site_changes, sender=Site, dispatch_uid="store.site_changes")
    pre_save.connect(restriction_changes, sender=PageViewRestriction, dispatch_uid="store.restriction_changes")


def page_stored(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Follow the page as it is stored: publication, scheduled publication, unpublishing, expiry and live aliases all
    end here.
    """
    notify_page(sender.objects.get(pk=page.pk))
    note_page(ChangeLogKind.PUBLISHED if page.live else ChangeLogKind.UNPUBLISHED, page)


def page_moved(sender: type, instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Note that the page stands elsewhere, with all below it."""
    if url_path_before != url_path_after:
        note_page(ChangeLogKind.MOVED, instance)


def address_of_page_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Sent after the commit; redirects from the old addresses have just been made, without a signal of their own."""
    note_redirects(instance)


def page_goes(sender: type, instance: Any, **kwargs: Any) -> None:
    """Note who shows the page that is about to be deleted."""
    note_showing(instance)


def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    """Note that the page is gone."""
    note_page(ChangeLogKind.DELETED, instance)


def something_purged(sender: type, instance: Any, purge: bool, **kwargs: Any) -> None:
    """Note that a page is purged (before it is stored empty, and so the change gets its name), or a file, of which
    the models tell nothing.
    """
    if purge and isinstance(instance, Page):
        note_page(ChangeLogKind.PURGED, instance)
    elif purge:
        note_purged_file(instance)


def site_changes(sender: type, instance: Any, **kwargs: Any) -> None:
    """Another root page, or none: what was public below the old one may not be any more."""
    for root in Page.objects.filter(sites_rooted_here__is_default_site=True):
        note_page(ChangeLogKind.MOVED, root)


def site_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Note the name and the root of the site; every address that the API gives may be another one: then consumers start
    again.
    """
    if kwargs.get("raw"):
        return
    note_model(Site)
    if instance.is_default_site:
        address = f"{instance.hostname}:{instance.port} {instance.root_page_id}"
        # Before any item is locked, as the projector locks them.
        ChangeLogHead.objects.filter(pk=1).exclude(address=address).update(
            epoch=uuid.uuid4(), address=address, site_url=instance.root_url
        )
        if kwargs.get("created") is not None and instance.root_page_id:
            remove_outside(instance.root_page.path)
            note_page(ChangeLogKind.MOVED, instance.root_page)


def restriction_changes(sender: type, instance: Any, **kwargs: Any) -> None:
    """Note the page that the restriction may have been of before."""
    stored = PageViewRestriction.objects.filter(pk=instance.pk).select_related("page").first() if instance.pk else None
    if stored is not None:
        # It is hidden still, and may not be for long.
        note_page(ChangeLogKind.PRIVACY, stored.page, certain=True)


def privacy_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Who may see a branch has changed."""
    note_page(ChangeLogKind.PRIVACY, instance.page, certain=True)
