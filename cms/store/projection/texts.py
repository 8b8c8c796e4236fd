"""API forms as the store keeps them: JSON without what depends on the asking."""

import json
import re
from datetime import date
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from cms.pages.public import site_url

from .serializers import DETAIL_ONLY_FIELDS

# Stand for the address of the site, and for the day that is asked for: characters that no text has (noncharacters of
# Unicode).
SITE, DAY = "\ufdd0", "\ufdd1"


def to_text(form: Any) -> str:
    """Return a form as JSON, compact, with marks in place of the address of the site and of the day."""
    text = json.dumps(_without_day(form), ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    base = site_url()
    return _address_of_site(base).sub(SITE, text) if base else text


@cache
def _address_of_site(base: str) -> re.Pattern[str]:
    """Return what finds the address of the site, and not where that of another host or port begins alike."""
    return re.compile(rf"{re.escape(base)}(?![\w-]|[.:]\w)")


def _without_day(form: Any) -> Any:
    if isinstance(form, dict):
        return {key: DAY if key == "as_of" else _without_day(value) for key, value in form.items()}
    if isinstance(form, list | tuple):
        return [_without_day(value) for value in form]
    return form


def filled(text: str, base: str, day: date) -> str:
    """Return a kept text as it is sent: with the address `base` (without a slash at its end) of the site, as of a
    day.
    """
    return text.replace(SITE, base).replace(DAY, day.isoformat())


def filled_form(value: Any, base: str, day: date) -> Any:
    """Return a kept form, or a part of it, as it is sent."""
    if isinstance(value, str):
        return filled(value, base, day)
    if isinstance(value, dict):
        return {name: filled_form(child, base, day) for name, child in value.items()}
    if isinstance(value, list):
        return [filled_form(child, base, day) for child in value]
    return value


def compact(form: Any) -> str:
    """Return a kept form as JSON again."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def listing_text(form: dict[str, Any]) -> str:
    """Return the form of an item of a listing, which lacks what is in details only."""
    return to_text(without_detail_fields(form))


def without_detail_fields(form: dict[str, Any]) -> dict[str, Any]:
    """Return a page's form without what is in details only."""
    meta = {name: value for name, value in form["meta"].items() if name not in DETAIL_ONLY_FIELDS}
    return {**{name: value for name, value in form.items() if name not in DETAIL_ONLY_FIELDS}, "meta": meta}
