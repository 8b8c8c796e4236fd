"""Where changes of public content are noticed."""

from cms.common.pages import content_stored

from .registry import notify_page


def connect():
    """Connects the receivers."""
    content_stored.connect(page_stored, dispatch_uid="changes.page_stored")


def page_stored(sender, page, **kwargs):
    """Follows the page as it is stored: publication, scheduled publication, unpublishing and live aliases all end here."""
    notify_page(sender.objects.get(pk=page.pk))
