"""What the state of a page is called of which somebody proposes the deletion."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .models import Erasure


def prospects(page_ids: Iterable[int]) -> Any:
    """Of those that wait for a second person."""
    waiting = Erasure.objects.filter(what="page", object_id__in=page_ids, decided_at=None)
    return dict.fromkeys(waiting.values_list("object_id", flat=True), _("deletion proposed"))
