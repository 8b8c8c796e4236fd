"""Where changes of public content are noticed."""

from django.db.models.signals import post_save
from wagtail.models import Page, get_page_models

from .registry import notify_page


def connect():
    """Connects the receivers to every page type."""
    for model in get_page_models():
        post_save.connect(page_saved, sender=model, dispatch_uid=f"changes.page_saved.{model._meta.label}")


def page_saved(sender, instance, update_fields=None, raw=False, **kwargs):
    """Follows a page whose stored content was written.

    Publication, scheduled publication, unpublishing and live aliases all end in a full save inside a transaction.
    Saving the draft of a live page names its fields and leaves the stored content alone, although the instance in
    hand carries the draft.
    """
    if raw or update_fields is not None or sender is Page:
        return
    notify_page(sender.objects.get(pk=instance.pk))
