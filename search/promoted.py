"""Pages that stand above the results because the office has said so for this query."""

import json
from typing import Any

from cms.store.reading import find, texts_of

from .tokens import normal_query


def promoted(text: str, base: str) -> list[dict[str, Any]]:
    """Return the references of the pages that are promoted for what somebody typed, for the site at `base`. They are
    part of what the site says of itself (`site/`), so the ones that are not public are not among them.
    """
    query, row = normal_query(text), find(type="site", key="site")
    if not query or row is None:
        return []
    site = json.loads(texts_of([row], base, listing=False)[0])
    return [one["page"] for one in site["promoted_results"] if query in one["queries"]]
