"""How the templates of the public site write what the API gives."""

import datetime
import json
import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cms.core.dates import format_date

from ..plans import ended

register = template.Library()

SIGNS = {
    "in_force": ("✓", "good"),
    "done": ("✓", "good"),
    "done_on_time": ("✓", "good"),
    "done_late": ("✓", "soon"),
    "not_yet": ("◔", "soon"),
    "in_progress": ("◔", "soon"),
    "due_soon": ("◔", "soon"),
    "partly_expired": ("◔", "soon"),
    "partly_suspended": ("◔", "soon"),
    "on_track": ("◔", "soon"),
    "ongoing": ("◔", "soon"),
    "overdue": ("!", "bad"),
    "suspended": ("!", "bad"),
    "expired": ("×", "over"),
    "withdrawn": ("×", "over"),
    "unsuitable": ("×", "over"),
    "not_started": ("○", "over"),
    "no_deadline": ("○", "over"),
    "undetermined": ("○", "over"),
    "draft": ("○", "over"),
}


@register.filter
def local(address: str) -> Any:
    """Return an address of the site without scheme and host, so that the site works under any name; "" for None."""
    if not address:
        return ""
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


@register.filter
def local_srcset(srcset: Any) -> Any:
    """`srcset` with every address made local."""
    candidates = (candidate.split() for candidate in (srcset or "").split(", ") if candidate)
    return ", ".join(f"{local(address)} {width}" for address, width in candidates)


@register.filter
def vn_date(value: Any) -> Any:
    """Return an ISO date (or the date of a time) as an office writes it: `05/9/2016`; "" for None."""
    if not value:
        return ""
    return format_date(datetime.datetime.fromisoformat(value).date())


@register.filter
def filesize(size: Any) -> Any:
    """Bytes as `420 kB` or `1,5 MB`; "" for None."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} B"
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 1000 or unit == "GB":
            break
    text = f"{size:.1f}".removesuffix(".0") if size < 10 else f"{size:.0f}"
    return f"{text.replace('.', ',')} {unit}"


@register.filter
def file_kind(document: Any) -> Any:
    """Return the kind of a file in capitals, from its name: `PDF`."""
    name = document["filename"]
    return name.rsplit(".", 1)[-1].upper() if "." in name else ""


@register.filter
def number(value: Any) -> Any:
    """Return a number as Vietnamese writes it: `10.948`, `2,5`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "" if value is None else value
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


@register.filter
def or_unknown(value: Any) -> Any:
    """`value`, or "không rõ" where it is not known."""
    return value or _("unknown")


@register.filter
def share(part: Any, total: Any) -> Any:
    """`part` of `total` in percent, for the width of a bar; an integer."""
    return round(100 * part / total) if total else 0


@register.simple_tag
def state(coded: Any) -> Any:
    """Return a state as sign and words, never by colour alone; "" for none."""
    if not coded:
        return ""
    sign, tone = SIGNS.get(coded["code"], ("○", "over"))
    return format_html(
        '<span class="state state--{}"><span aria-hidden="true">{}</span> {}</span>',
        tone,
        sign,
        coded["name"],
    )


@register.simple_tag
def withdrawn() -> Any:
    """Return the state of a document that stays readable under a notice, in the readers' word."""
    return state({"code": "withdrawn", "name": _("Withdrawn document")})


@register.filter
def api_html(value: Any) -> Any:
    """HTML of the API's rich text. It is safe: Wagtail let only the features through that editors have."""
    return mark_safe(value or "")  # noqa: S308


@register.filter
def css_string(text: str) -> Any:
    """`text` as it may stand between quotes in a style sheet."""
    return mark_safe(re.sub(r"[^\w/:.?=%&+-]", lambda found: f"\\{ord(found[0]):x} ", text or ""))  # noqa: S308


@register.simple_tag
def json_ld(data: Any) -> Any:
    """Return a description of the page for machines; "" for None."""
    if not data:
        return ""
    # As Django's json_script: nothing in it can end the element.
    text = json.dumps(data, ensure_ascii=False).translate(
        {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    )
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.filter
def in_order(body: list[dict] | None) -> list[dict]:
    """Return the blocks of a body with their headings in order: a subsection before any section is a section."""
    levels = [block["value"]["level"] for block in body or () if block["type"] == "heading"]
    first = levels.index(2) if 2 in levels else len(levels)
    found, passed = [], 0
    for block in body or ():
        if block["type"] == "heading":
            if passed < first:
                block = {**block, "value": {**block["value"], "level": 2}}
            passed += 1
        found.append(block)
    return found


@register.inclusion_tag("site/components/block.html")
def block_of(block: Any) -> Any:
    """One block of a body, by the template of its type."""
    return {"template": f"site/blocks/{block['type']}.html", "value": block["value"]}


@register.filter
def ended_plan(form: Any) -> Any:
    """Return what `home.site.plans.ended` says of a plan's form."""
    return ended(form)


@register.filter
def at(items: Any, index: Any) -> Any:
    """Return the item at `index`."""
    return items[index]


@register.filter
def host(address: str) -> Any:
    """Return the host of an address."""
    return urlsplit(address or "").hostname or ""
