"""What the forms of some pages take from elsewhere, found for all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rest_framework.fields import Field
from wagtail.models import Page

from cms.core.batches import batches

# By the numbers of the pages; None is a draft that is not stored.
ByPage = dict[Any, Any]


@dataclass
class Beside:
    """Serializer fields find it in their context (`beside_of`).

    `withdrawn`, `updates`, `ancestors` (ids, from the top) and `citing` (ids) are what every type has; `own` is what a
    type loads for itself. `shown` are the pages to which the forms will refer.
    """

    withdrawn: ByPage = field(default_factory=dict)
    updates: ByPage = field(default_factory=dict)
    ancestors: ByPage = field(default_factory=dict)
    citing: ByPage = field(default_factory=dict)
    own: ByPage = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)

    def load_ancestors(self, pages: Iterable[Page]) -> None:
        """Find the pages above each of `pages`, in one query for all."""
        above = [(page, _paths_above(page.path or "")) for page in pages]
        wanted = {path for _page, paths in above for path in paths}
        known: dict[str, int] = {}
        for batch in batches(wanted):
            rows = Page.objects.filter(path__in=batch, depth__gt=1).order_by()
            known |= dict(rows.values_list("path", "pk"))
        for page, paths in above:
            self.ancestors[page.pk] = [known[path] for path in paths if path in known]
        self.shown.update(pk for ids in self.ancestors.values() for pk in ids)


def _paths_above(path: str) -> list[str]:
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]


def beside_of(serializer: Field) -> Beside:
    """Return what was found for the batch whose forms `serializer`, a field, makes a part of."""
    return serializer.context["beside"]
