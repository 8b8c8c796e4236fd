"""Which public pages refer to a page: Wagtail's reference index, which reads what is stored, so of a live page what readers get."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Window
from django.db.models.functions import Cast, DenseRank
from rest_framework import serializers
from wagtail.models import Page, ReferenceIndex

from cms.common.public import public_pages
from cms.common.schemas import array, ref

from .references import references_to

# A page that everybody refers to names the newest of them.
MOST = 100
_BATCH = 500


def load_citing(pages, besides=()) -> None:
    """Notes on each of `pages` which public pages refer to it (`citing_ids`, newest first), in a few queries for all.

    `besides` names child relations of the referring pages that are shown elsewhere and so count for nothing here.
    """
    content_type = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(
        base_content_type=content_type,
        to_content_type=content_type,
        to_object_id__in=[str(page.pk) for page in pages if page.pk],
    ).exclude(object_id=F("to_object_id"))
    for relation in besides:
        rows = rows.exclude(model_path__startswith=f"{relation}.")
    newest_first = Cast("object_id", output_field=BigIntegerField()).desc()
    # The dense rank gives a page that refers several times one place.
    place = Window(DenseRank(), partition_by=F("to_object_id"), order_by=newest_first)
    citing = {}
    pairs = rows.annotate(place=place).filter(place__lte=MOST).values_list("to_object_id", "object_id")
    for target, source in pairs:
        citing.setdefault(int(target), set()).add(int(source))
    published = _published(set().union(*citing.values()))
    for page in pages:
        found = citing.get(page.pk, set()) & published.keys()
        page.citing_ids = sorted(found, key=lambda pk: (published[pk], pk), reverse=True)
        page.shown_page_ids = [*getattr(page, "shown_page_ids", ()), *page.citing_ids]


def _published(ids):
    """When the public ones among the pages `ids` were published first, as text that sorts."""
    ids = sorted(ids)
    found = {}
    for start in range(0, len(ids), _BATCH):
        part = public_pages(Page.objects.filter(pk__in=ids[start : start + _BATCH])).order_by()
        for pk, at in part.values_list("pk", "first_published_at"):
            found[pk] = at.isoformat() if at else ""
    return found


class CitedByField(serializers.Field):
    """References to the public pages that refer to this one, newest first, `MOST` at most; `load_citing` has found them."""

    api_schema = array(ref("PageReference"))

    def __init__(self, **kwargs):
        super().__init__(source="*", **kwargs)

    def to_representation(self, page):
        return references_to(page.citing_ids)
