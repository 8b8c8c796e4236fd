"""Schemas as a reader takes them in."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.filter
def shape(schema: Any) -> Any:
    """Return a schema in words, with links to the named ones."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return format_html('<a href="#schema-{}">{}</a>', name, name)
    for key, word in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if key in schema:
            return format_html_join(word, "{}", ((shape(one),) for one in schema[key]))
    if "const" in schema:
        return format_html("<code>{}</code>", schema["const"])
    if "enum" in schema:
        return format_html_join(" | ", "<code>{}</code>", ((value,) for value in schema["enum"]))
    if schema.get("type") == "array":
        return format_html("[{}]", shape(schema["items"]))
    if "additionalProperties" in schema:
        return format_html("{{…: {}}}", shape(schema["additionalProperties"]))
    if schema.get("type") == "object":
        rows = (
            (name, "" if name in schema.get("required", ()) else "?", shape(one))
            for name, one in schema.get("properties", {}).items()
        )
        return format_html("<ul>{}</ul>", format_html_join("", "<li><code>{}</code>{}: {}</li>", rows))
    kind = schema.get("type", "")
    return schema.get("format") or (" | ".join(kind) if isinstance(kind, list) else kind)
