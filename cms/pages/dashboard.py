"""The admin's first page: what waits for this person, and where everyday work begins. Apps register what they know."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from wagtail.admin.ui.components import Component


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
