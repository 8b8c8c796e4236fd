"""The filters of the listing of pages that only documents have."""

import re

from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet

from cms.api import values
from cms.api.registry import PageFilter
from cms.core.schemas import DATE
from search.registry import Meant

from . import query_reading
from .models import DirectivePage
from .reference_numbers import reference_key
from .validity import Validity
from .validity_query import validity_is


class ReferenceFilter(PageFilter):
    """Documents by number and symbol, in any spelling that people type: `18 - CT/TU`, `18ct/tu`, `ct18`, `18`."""

    parameters = ("reference",)
    schemas = {"reference": {"type": "string", "minLength": 1, "maxLength": 80}}

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        text = values.text("reference", values_given["reference"], 80)
        found = Q(reference_key=reference_key(text))
        bare = text.strip().lstrip("0")
        meant, _rest = query_reading.read(text)
        number = meant.number if meant else bare if bare.isdecimal() else ""
        if number:
            found |= self._named(number, meant or Meant())
        return queryset.filter(pk__in=DirectivePage.objects.filter(found).values("pk"))

    @staticmethod
    def _named(number, meant):
        named = Q()
        for spelling in {number, number.zfill(2)}:
            named |= Q(number=spelling) | Q(number__startswith=f"{spelling}/")
        if meant.symbol:
            # Dash and slash are what people mix up: 16-CT/TTg is printed where 16/CT-TTg is right.
            parts = re.split("[-/]", meant.symbol)
            spellings = {meant.symbol, "-".join(parts), "/".join(parts), "-".join(parts).replace("-", "/", 1)}
            spellings |= {f"{'-'.join(parts[:-1])}/{parts[-1]}"}
            ends = Q()
            for spelling in spellings:
                ends |= Q(reference_key__endswith=f"-{spelling}") | Q(reference_key__endswith=f"/{spelling}")
            named &= ends
        if meant.types:
            named &= Q(document_type__in=meant.types)
        if meant.year:
            named &= Q(number__endswith=f"/{meant.year}") | Q(issued_on__year=meant.year)
        return named


class ValidityFilter(PageFilter):
    """Documents whose validity is one of the given codes as of a day."""

    parameters = ("validity", "as_of")
    schemas = {
        "validity": {"type": "array", "items": {"type": "string", "enum": list(Validity.values)}, "minItems": 1},
        "as_of": DATE,
    }

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        codes = values.choices("validity", values_given["validity"], Validity.values)
        day = values.date("as_of", values_given["as_of"]) if "as_of" in values_given else timezone.localdate()
        return queryset.filter(validity_is(DirectivePage.objects.filter(pk__in=queryset.values("pk")), codes, day))
