"""The parents of the pages in a table."""

from typing import Any
from weakref import WeakKeyDictionary

from django import template
from wagtail.models import Page

register = template.Library()

# Ids by paths, of the tables that are being made.
_of_tables: WeakKeyDictionary[Any, dict[str, int]] = WeakKeyDictionary()


@register.simple_tag
def parent_id(page: Page, table: Any) -> int | str:
    """Return the id of the parent of `page`, a row of `table`, or ""; those of all rows are found by one query."""
    if table not in _of_tables:
        above = {row.path[: -Page.steplen] for row in table.data if isinstance(row, Page)}
        _of_tables[table] = dict(Page.objects.filter(path__in=above).values_list("path", "pk"))
    return _of_tables[table].get(page.path[: -Page.steplen], "")
