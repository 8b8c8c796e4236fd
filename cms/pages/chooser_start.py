"""Wagtail's choosers without a script that the policy of the admin refuses."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

from cms.core.starting import start


def render(self: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
    """Return the chooser as Wagtail's `BaseChooser.render` does, with what starts it."""
    data, element = self.get_value_data(value), attrs["id"]
    if isinstance(self, AdminTaskChooser):
        begin = start("createTaskChooser", element)
    else:
        begin = start(self.js_constructor, element, self.get_js_init_options(element, name, data))
    return format_html("{}{}", self.render_html(name, data, attrs), begin)


def take_over() -> None:
    """Put it in the place of Wagtail's, of which all choosers are subclasses."""
    BaseChooser.render = render
