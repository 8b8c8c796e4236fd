"""Listings with filters by GET and pages."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import content

PAGE = "trang"


class BadFilter(Exception):
    """A filter has a value that means nothing; the message is the filter's label."""


class Filter:
    """One filter of a listing: its name in addresses, its parameter of the API, its label, its choices.

    `choices` is a function that gives (value, label) pairs, or None for free input of kind `kind`. A filter of kind
    `link` is set by links only; `endpoint` is where the API knows the name of its value.
    """

    def __init__(
        self,
        name: str,
        parameter: str,
        label: Any,
        choices: Any = None,
        kind: str = "text",
        endpoint: str | None = None,
    ) -> None:
        self.name = name
        self.parameter = parameter
        self.label = label
        self.choices = choices
        self.kind = kind
        self.endpoint = endpoint


class BoundFilter:
    """A filter with the value that the reader chose."""

    def __init__(self, definition: Any, request: HttpRequest) -> None:
        self.name = definition.name
        self.parameter = definition.parameter
        self.label = definition.label
        self.kind = definition.kind
        self.value = " ".join(request.GET.get(definition.name, "").split())
        if self.kind == "date":
            self.value = iso_date(self.value)
        self.choices = definition.choices() if definition.choices else None
        labels = dict(self.choices or ())
        if self.value and self.choices is not None and self.value not in labels:
            raise BadFilter(self.label)
        # The chosen value in words.
        self.shown = labels.get(self.value, self.value)
        if self.value and definition.endpoint:
            self.shown = self.name_of_value(definition.endpoint)

    def name_of_value(self, endpoint: str) -> Any:
        """Return what the API calls the chosen entry of `endpoint`; BadFilter where there is none."""
        if not re.fullmatch(r"[-a-zA-Z0-9_]+", self.value):
            raise BadFilter(self.label)
        try:
            return content.get(f"{endpoint}{self.value}/")["name"]
        except content.NotFound as error:
            raise BadFilter(self.label) from error


def iso_date(text: str) -> str:
    """Return a date as the API wants it, of one that may be written `5/9/2016` where the browser has no date picker;
    other text as it is.
    """
    match = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text


def page_of(request: HttpRequest) -> int:
    """Return the number of the page that is asked for; 404 for what is none."""
    text = request.GET.get(PAGE, "1")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise Http404
    return int(text)


class Listing:
    """A page of a listing of the API, with links to the other pages."""

    def __init__(self, path: str, request: HttpRequest, params: Any, size: Any, filters: Any = ()) -> None:
        self.request = request
        self.filters = filters
        self.number = page_of(request)
        try:
            answer = content.get(path, **params, limit=size, offset=(self.number - 1) * size)
        except content.RefusedParameter as error:
            labels = {one.parameter: one.label for one in filters}
            raise BadFilter(labels.get(error.parameter, error.parameter)) from error
        self.items = answer["items"]
        self.meta = answer["meta"]
        self.total = answer["meta"]["total_count"]
        self.pages = max(1, -(-self.total // size))
        if self.number > self.pages:
            raise Http404

    def address(self, **changes: Any) -> Any:
        """Return the query string of this listing with some parameters changed; None removes one."""
        kept = {name: value for name, value in self.request.GET.items() if value and name != PAGE}
        kept |= {name: value for name, value in changes.items() if value is not None}
        for name, value in changes.items():
            if value is None:
                kept.pop(name, None)
        return f"?{urlencode(kept)}" if kept else self.request.path

    @property
    def chips(self) -> Any:
        """What is chosen, each with the address that takes it away."""
        return [
            {"label": chosen.label, "value": chosen.shown, "remove": self.address(**{chosen.name: None})}
            for chosen in self.filters
            if chosen.value
        ]

    def named(self, title: str) -> str:
        """Return the title of this page of the listing: what is listed, what was chosen, and the number after the
        first.
        """
        chosen = ", ".join(f"{chip['label']} {chip['value']}" for chip in self.chips)
        parts = [f"{title}: {chosen}" if chosen else title]
        if self.number > 1:
            parts.append(_("page %(number)s") % {"number": self.number})
        return " – ".join(parts)

    def described(self, text: str) -> str:
        """Return a sentence on this page of the listing; `text` says what is listed."""
        count = ngettext("%(count)s result", "%(count)s results", self.total) % {"count": self.total}
        return f"{self.named(text)}. {count}."

    def canonical(self, address: str) -> str | None:
        """Return the one address of this page of the listing at `address`: filters in their order, and what is no
        filter left out.
        """
        kept = [(chosen.name, chosen.value) for chosen in self.filters if chosen.value]
        if self.number > 1:
            kept.append((PAGE, self.number))
        return f"{address}?{urlencode(kept)}" if kept and address else address

    @property
    def page_links(self) -> list[dict | None]:
        """Numbered links: the first, the last and those around the current one; None stands for a gap."""
        wanted = sorted({1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)})
        links: list[dict | None] = []
        before = 0
        for number in wanted:
            if number > before + 1:
                links.append(None)
            links.append({"number": number, "href": self.address(**{PAGE: number if number > 1 else None})})
            before = number
        return links

    @property
    def previous(self) -> Any:
        """The address of the page before, or None."""
        if self.number == 1:
            return None
        return self.address(**{PAGE: self.number - 1 if self.number > 2 else None})

    @property
    def next(self) -> Any:
        """The address of the page after, or None."""
        return self.address(**{PAGE: self.number + 1}) if self.number < self.pages else None


def register_choices(endpoint: str, key: str = "slug") -> Any:
    """Return a function that gives all entries of an endpoint as choices."""

    def choices():
        return [(item[key], item["name"]) for item in content.get_all(endpoint)]

    return choices


def levels() -> Any:
    """Return the levels of issuers."""
    return [
        ("central", _("Central")),
        ("province", _("Province")),
        ("district", _("District")),
        ("commune", _("Commune")),
    ]


def validities() -> Any:
    """Return the states of validity."""
    return [
        ("in_force", _("In force")),
        ("partly_expired", _("Partly expired")),
        ("expired", _("Expired")),
        ("not_yet", _("Not yet in force")),
        ("suspended", _("Suspended")),
        ("partly_suspended", _("Partly suspended")),
        ("unsuitable", _("No longer suitable")),
        ("undetermined", _("Undetermined")),
    ]


def bind(definitions: Any, request: HttpRequest) -> list[BoundFilter]:
    """Return the filters with their values; BadFilter where one makes no sense."""
    return [BoundFilter(definition, request) for definition in definitions]
