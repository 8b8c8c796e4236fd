"""The admin's first page: what waits for this person, and where everyday work begins. Apps register what they know."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

_second_person: list[Callable] = []


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a second person: what it is called, where it is decided, what was done or is proposed,
    by whom and why.
    """

    title: str
    url: str
    kind: str
    since: datetime.datetime
    by: str
    reason: str


def register_second_person(function: Callable) -> None:
    """Register `function(user) -> list[Waiting]`: what others began and `user` may decide."""
    _second_person.append(function)


def waits_for_second_person(user: Any) -> list[Waiting]:
    """Return all of it, the longest waiting first."""
    return sorted((item for function in _second_person for item in function(user)), key=lambda item: item.since)


class DashboardLine(Component):
    """A sentence that leads to a screen."""

    order = 0
    template_name = "pages/dashboard_line.html"

    def __init__(self, text: str, url: str) -> None:
        self.text = text
        self.url = url

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"text": self.text, "url": self.url}


class DashboardTable(Component):
    """A heading and a list of things that wait or were done; nothing at all where the list is empty."""

    order = 100
    template_name = "pages/dashboard_table.html"

    def __init__(
        self, name: str, heading: Any, rows: Any, note: str = "", more_url: str = "", order: Any = None
    ) -> None:
        self.name, self.heading, self.rows, self.note, self.more_url = name, heading, rows, note, more_url
        self.order = self.order if order is None else order

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {
            "name": self.name,
            "heading": self.heading,
            "rows": self.rows,
            "note": self.note,
            "more_url": self.more_url,
        }


@dataclass(frozen=True)
class Row:
    """One line of a `DashboardTable`: a title that leads somewhere, labels that stand out, and facts in words."""

    title: str
    url: str
    labels: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


class SecondPersonPanel(DashboardTable):
    """What others hid, propose to take down or to delete."""

    order = 10

    def __init__(self, user: Any) -> None:
        rows = [
            Row(item.title, item.url, (item.kind,), (item.by, since(item.since), item.reason))
            for item in waits_for_second_person(user)
        ]
        super().__init__("second-person", _("Waiting for a second person: you may decide"), rows)


class NewContentPanel(Component):
    """Big buttons for what this person may draft: (label, icon, address)."""

    order = 20
    template_name = "pages/new_content.html"

    def __init__(self, buttons: Any) -> None:
        self.buttons = buttons

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"buttons": self.buttons}


def since(moment: datetime.datetime) -> str:
    """Return a moment of the past, as lists of the desk say it."""
    return str(naturaltime(moment))
