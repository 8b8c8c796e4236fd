"""How a page hangs together with others: its relations, and what refers to it."""

from typing import Any

from django.utils.translation import gettext as _


def grouped_relations(relations: Any) -> dict:
    """Return the relations by direction and kind, in the order in which they come.

    What this document rests on or acts upon stands above it, what acts upon it or follows from it below.
    """
    groups = {"out": {}, "in": {}}
    for relation in relations:
        kinds = groups[relation["direction"]]
        kinds.setdefault(relation["kind"]["name"], []).append(relation)
    return {
        direction: [{"name": name, "relations": found} for name, found in kinds.items()]
        for direction, kinds in groups.items()
    }


def citing_groups(cited_by: Any) -> list[dict]:
    """Return the pages that refer to this one, by kind: `name` and `pages` of each; kinds without a page are left
    out.
    """
    kinds = {
        "articles.ArticlePage": _("News"),
        "articles.TaskPlanPage": _("Task plans"),
        "articles.DirectivePage": _("Official documents"),
    }
    groups = dict.fromkeys([*kinds.values(), _("Other pages")])
    for page in cited_by:
        name = kinds.get(page["type"], _("Other pages"))
        groups[name] = [*(groups[name] or []), page]
    return [{"name": name, "pages": pages} for name, pages in groups.items() if pages]
