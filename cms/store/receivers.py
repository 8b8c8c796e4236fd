"""Where changes of public content that is no page are noticed; of pages `cms/publishing/pipeline.py` tells."""

import uuid
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from .events import follow_model, note_model, note_page
from .models import ChangeLogHead, ChangeLogKind
from .removal import remove_outside


def connect() -> None:
    """Connect the receivers."""
    follow_model(Redirect)
    for signal in (post_save, post_delete):
        signal.connect(site_changed, sender=Site, dispatch_uid="store.site_changed")
    for signal in (pre_save, pre_delete):
        signal.connect(site_changes, sender=Site, dispatch_uid="store.site_changes")


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
