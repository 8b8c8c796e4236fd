"""The state of a page, for the admin's templates."""

from typing import Any

from django import template
from wagtail.models import Page

from cms.pages.states import state_of, states_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_state(context: dict[str, Any], page: Page) -> Any:
    """Return the `State` of `page`. In a table, those of all its rows are found at once."""
    table = context.get("table")
    if table is None:
        return state_of(page)
    if not hasattr(table, "page_states"):
        table.page_states = states_of(table.data)
    return table.page_states.get(page.pk) or state_of(page)
