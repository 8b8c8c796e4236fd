"""What reviewers are told of the register: entries that readers don't know yet become public with the page."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from .models import Issuer, Sector, Unit
from .public import public_issuers, public_sectors, public_units


def new_entries(page: Page) -> str:
    """Return the issuers, units and sectors that `page` (stored or not) names and nothing public shows yet, in a
    sentence.
    """
    known: dict[Any, Any] = {Issuer: public_issuers, Sector: public_sectors, Unit: public_units}
    named: dict[Any, set[int]] = {model: set() for model in known}
    for content_type_id, object_id, *_rest in ReferenceIndex._extract_references_from_object(page):
        for model, ids in named.items():
            if content_type_id == ReferenceIndex._get_base_content_type(model).pk:
                ids.add(int(object_id))
    new = [
        entry.name
        for model, ids in named.items()
        for entry in model.objects.filter(pk__in=ids).exclude(pk__in=known[model]().values("pk")).order_by("name")
    ]
    if not new:
        return ""
    return _("New in the register, public with this page: %(names)s") % {"names": "; ".join(new)}
