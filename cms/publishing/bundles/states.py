"""What the state of a page is called that is approved and waits for the others of its bundle."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .models import BundleItem


def prospects(page_ids: Iterable[int]) -> Any:
    """Of those in open bundles."""
    items = BundleItem.objects.filter(page_id__in=page_ids, is_open=True, revision__isnull=False)
    return dict.fromkeys(items.values_list("page_id", flat=True), _("awaiting publication"))
