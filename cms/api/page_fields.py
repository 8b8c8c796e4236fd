"""What the parameter `fields` leaves of a page's form."""

from collections.abc import Sequence
from typing import Any

from cms.store.projection.field_names import meta_names


def part_of(form: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return of a page's form only the fields `names`."""
    meta_fields = meta_names()
    meta = {name: form["meta"][name] for name in names if name in meta_fields}
    found: dict[str, Any] = {"id": form["id"]} if "id" in names else {}
    if meta:
        found["meta"] = meta
    return found | {name: form[name] for name in names if name not in meta_fields and name != "id"}


def asked_fields(config: Any, known: Any, default: Any) -> list[str]:
    """Return the fields of `known`, in their order, that `config` (Wagtail's reading of `fields`) asks for: `*` all,
    `_` none, `-name` without it.
    """
    asked = set(default)
    for name, negated, _nested in config:
        if name in {"*", "_"}:
            asked = set(known) if name == "*" else set()
        elif negated:
            asked.discard(name)
        else:
            asked.add(name)
    return [name for name in known if name in asked]
