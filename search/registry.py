"""Page types register what search finds of them, and how it reads what people type about them."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DocumentFacts:
    """What tells a numbered document from others. `number` and `symbol` are folded, without padding: `18`, `ct/tu`."""

    type_code: str
    number: str = ""
    symbol: str = ""
    year: int | None = None


@dataclass
class SearchText:
    """What is found of one page, taken from its API form, so that nothing is found that is not public.

    `body` may be nested: blocks, lists and HTML are flattened. `date` is what stands beside the result, in ISO 8601;
    `kind` (a code and a name) and `issuers` stand there too. `keywords` are found as the title is, and shown nowhere.
    """

    title: str
    kind: tuple[str, str]
    summary: str = ""
    reference: str = ""
    keywords: list[str] = field(default_factory=list)
    body: list = field(default_factory=list)
    date: str | None = None
    issuers: list[str] = field(default_factory=list)
    document: DocumentFacts | None = None


@dataclass(frozen=True)
class Meant:
    """The document that a query seems to mean, as far as it says: types by code, number, symbol, year and date of
    issue.
    """

    types: frozenset[str] = frozenset()
    number: str = ""
    symbol: str = ""
    year: int | None = None
    date: datetime.date | None = None


_types: dict[type, Callable[[dict], SearchText]] = {}
_readers: list[Callable[[str], tuple[Meant | None, str]]] = []
# Codes of states that rank below others of an equally good match.
LESSER_STATES = {"expired", "unsuitable"}


def register_page_type(model: type, function: Callable[[dict], SearchText]) -> None:
    """Register `function(form) -> SearchText` for a page type; types without one are not searched."""
    _types[model] = function


def text_of(model: type, form: dict) -> SearchText | None:
    """Return the text of a page of type `model` with the API form `form`."""
    function = _types.get(model)
    return function(form) if function else None


def register_reader(function: Callable[[str], tuple[Meant | None, str]]) -> None:
    """Register `function(text) -> (Meant or None, rest)`, which reads numbers and dates of documents in a query;
    `rest` is what is left to look for in texts.
    """
    _readers.append(function)


def read_query(text: str) -> tuple[Meant | None, str]:
    """Return what the first reader that finds something makes of `text`."""
    for function in _readers:
        meant, rest = function(text)
        if meant is not None:
            return meant, rest
    return None, text


_state_names: dict[str, Any] = {}


def register_state_names(names: Mapping[str, Any]) -> None:
    """Register how the codes of validity are called that results show."""
    _state_names.update(names)


def state(code: str) -> dict[str, str]:
    """Return code and name of a state that a result shows."""
    return {"code": code, "name": str(_state_names.get(code, code))}
