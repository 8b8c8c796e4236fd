"""The filters of the listing of pages that only documents have."""

from django.utils import timezone

from cms.api import values
from cms.api.filters import codes_schema
from cms.api.registry import PageFilter
from cms.core.schemas import DATE
from cms.store.conditions import Condition, all_of, any_of, has_span, has_term
from search.registry import Meant

from . import query_reading
from .reference_numbers import reference_key
from .validity import Validity


class ReferenceFilter(PageFilter):
    """Documents by number and symbol, in any spelling that people type: `18 - CT/TU`, `18ct/tu`, `ct18`, `18`."""

    parameters = ("reference",)
    schemas = {"reference": {"type": "string", "minLength": 1, "maxLength": 80}}

    def condition(self, values_given: dict[str, str]) -> Condition:
        text = values.text("reference", values_given["reference"], 80)
        spelled = has_term("reference", [reference_key(text)])
        bare = text.strip().lstrip("0")
        meant, _rest = query_reading.read(text)
        number = meant.number if meant else bare if bare.isdecimal() else ""
        return any_of(spelled, _named(number, meant or Meant())) if number else spelled


def _named(number: str, meant: Meant) -> Condition:
    found = [has_term("number", [number])]
    if meant.symbol:
        # Dash and slash are what people mix up: 16-CT/TTg is printed where 16/CT-TTg is right.
        found.append(has_term("symbol", [meant.symbol.replace("/", "-")]))
    if meant.types:
        found.append(has_term("document_type", sorted(meant.types)))
    if meant.year:
        found.append(has_term("reference_year", [str(meant.year)]))
    return all_of(*found)


class ValidityFilter(PageFilter):
    """Documents whose validity is one of the given codes as of a day."""

    parameters = ("validity", "as_of")
    schemas = {"validity": codes_schema(Validity.values), "as_of": DATE}

    def condition(self, values_given: dict[str, str]) -> Condition:
        codes = values.choices("validity", values_given["validity"], Validity.values)
        day = values.date("as_of", values_given["as_of"]) if "as_of" in values_given else timezone.localdate()
        return has_span("validity", codes, day)
