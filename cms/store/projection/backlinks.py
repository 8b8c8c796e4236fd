"""Which public pages refer to a page: Wagtail's reference index, which reads what is stored, so of a live page what
readers get.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, F, OuterRef, Subquery, When, Window
from django.db.models.functions import Cast, DenseRank
from rest_framework import serializers
from wagtail.models import Page, ReferenceIndex

from cms.core.schemas import array, ref
from cms.pages.public import public_paths

from .beside import Beside, beside_of
from .references import references_to

# A page that everybody refers to names the newest of them.
MAX_CITING = 100


def load_citing(pages: Iterable[Page], beside: Beside, except_for: Iterable[str] = ()) -> None:
    """Find which public pages refer to each of `pages` (newest first), in one query for all.

    `except_for` names child relations of the referring pages that are shown elsewhere and so count for nothing here.
    """
    content_type = ContentType.objects.get_for_model(Page)
    # By what is referred to alone: told of what refers too, SQLite takes the index of that, which keeps nearly all.
    rows = ReferenceIndex.objects.filter(
        to_content_type=content_type,
        to_object_id__in=[str(page.pk) for page in pages if page.pk],
    ).exclude(object_id=F("to_object_id"))
    for relation in except_for:
        rows = rows.exclude(model_path__startswith=f"{relation}.")
    # Other models have keys that are no numbers, and a database may cast before it filters.
    number = Case(When(base_content_type=content_type, then=Cast("object_id", output_field=BigIntegerField())))
    source = Page.objects.filter(pk=OuterRef("source"), live=True).order_by()
    newest_first = [F("published").desc(nulls_last=True), F("source").desc()]
    # The dense rank gives a page that refers several times one place.
    place = Window(DenseRank(), partition_by=F("to_object_id"), order_by=newest_first)
    found = list(
        rows.annotate(source=number)
        .annotate(
            published=Subquery(source.values("first_published_at")), place_in_tree=Subquery(source.values("path"))
        )
        .filter(place_in_tree__isnull=False)
        .annotate(place=place)
        .filter(place__lte=2 * MAX_CITING)
        .order_by("to_object_id", "place")
        .values_list("to_object_id", "source", "place_in_tree", "place")
        .distinct()
    )
    public = public_paths(path for _target, _source, path, _place in found)
    citing: dict[int, list[int]] = {}
    for target, source_id, path, _place in found:
        if path in public and len(citing.setdefault(int(target), [])) < MAX_CITING:
            citing[int(target)].append(source_id)
    beside.citing |= {page.pk: citing.get(page.pk, []) for page in pages}
    beside.shown.update(pk for ids in citing.values() for pk in ids)


class CitedByField(serializers.Field):
    """References to the public pages that refer to this one, newest first, `MAX_CITING` at most; `load_citing` has
    found them. In a detail only.
    """

    api_schema = array(ref("PageReference"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> list[dict[str, Any]]:
        return references_to(beside_of(self).citing[page.pk])
