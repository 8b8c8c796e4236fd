"""How an endpoint describes itself: `describe()` of a viewset gives one of these for each name of its address
patterns.
"""

from typing import Any

from ..listings import DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET
from .components import listing

# Parameters of every listing.
PAGING = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    "offset": {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0},
    "cursor": {"type": "string", "minLength": 1},
}
LINE = {"type": "string", "minLength": 1, "maxLength": 500}


def described_listing(
    item: Any, parameters: Any = None, answer: Any = "A listing", optional: Any = (), **meta: Any
) -> dict:
    """Return the description of a listing of `item`."""
    return {
        "answer": answer,
        "schema": listing(item, optional, **meta),
        "parameters": PAGING if parameters is None else parameters,
    }


def described_object(schema: Any, answer: Any, **more: Any) -> dict:
    """Return the description of one object."""
    return {"answer": answer, "schema": schema, **more}
