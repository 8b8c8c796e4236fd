"""The kinds of filters that page types register."""

from collections.abc import Callable
from typing import Any

from cms.store.conditions import Condition, has_entry, has_term, in_range

from . import values
from .registry import PageFilter

SLUGS = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "minItems": 1}


def codes_schema(allowed: Any) -> dict:
    """Return the schema of a parameter that takes some of the codes `allowed`, parted by commas."""
    return {"type": "array", "items": {"type": "string", "enum": list(allowed)}, "minItems": 1}


class EntryFilter(PageFilter):
    """Pages that have, as the parameter, entries of a collection (by their slugs)."""

    def __init__(self, parameter: str, page_type: str, collection: str) -> None:
        super().__init__(page_type)
        self.parameters = (parameter,)
        self.schemas = {parameter: SLUGS}
        self.counted, self.collection = parameter, collection

    def condition(self, values_given: dict[str, str]) -> Condition:
        (parameter,) = self.parameters
        return has_entry(parameter, self.collection or "", values.items(parameter, values_given[parameter]))


class CodeFilter(PageFilter):
    """Pages that have one of some codes."""

    def __init__(self, parameter: str, page_type: str, labels: Any) -> None:
        super().__init__(page_type)
        self.labels = dict(labels)
        self.parameters = (parameter,)
        self.schemas = {parameter: codes_schema(self.labels)}
        self.counted = parameter

    def condition(self, values_given: dict[str, str]) -> Condition:
        (parameter,) = self.parameters
        return has_term(parameter, values.choices(parameter, values_given[parameter], self.labels))

    def named(self, value: str) -> tuple[Any, str]:
        return value, str(self.labels.get(value, value))


class RangeFilter(PageFilter):
    """Pages whose sort key lies at or beyond a value; `read(parameter, text)` reads that."""

    def __init__(
        self,
        parameter: str,
        key: str,
        is_lower: bool,
        read: Callable[[str, str], Any],
        schema: dict[str, Any],
        *types: str,
    ) -> None:
        super().__init__(*types)
        self.parameters = (parameter,)
        self.schemas = {parameter: schema}
        self.key, self.is_lower, self.read = key, is_lower, read

    def condition(self, values_given: dict[str, str]) -> Condition:
        (parameter,) = self.parameters
        value = str(self.read(parameter, values_given[parameter]))
        return in_range(self.key, low=value) if self.is_lower else in_range(self.key, high=value)
