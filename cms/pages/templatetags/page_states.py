"""The state of a page, for the admin's templates."""

from typing import Any

from django import template
from wagtail.models import Page

from cms.pages.states_at_once import state_for

register = template.Library()


@register.simple_tag(takes_context=True)
def page_state(context: dict[str, Any], page: Page) -> Any:
    """Return the `PageState` of `page`. In a table, those of all its rows are found at once."""
    table = context.get("table")
    return state_for(context.get("request"), page, table.data if table is not None else [page])
