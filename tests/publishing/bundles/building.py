"""Making bundles, and how their pages stand."""

from cms.accounts.roles import EDITOR
from cms.publishing.bundles.models import Bundle, BundleItem
from tests.factories import fresh


def make_bundle(office, pages, **fields):
    """A stored bundle of `pages`, made by an editor."""
    bundle = Bundle(name="Phòng chống lũ", created_by=office.users[EDITOR], **fields)
    bundle.items = [BundleItem(page_id=page.pk) for page in pages]
    bundle.save()
    return bundle


def live(pages):
    """Which of `pages` are published."""
    return [fresh(page).live for page in pages]
