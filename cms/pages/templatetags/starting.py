"""Template tags for what starts Wagtail's widgets."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.core.starting import start

register = template.Library()


@register.simple_tag
def start_widget(name: str, widget: dict[str, Any]) -> SafeString:
    """Start a widget for dates or times."""
    return start(name, widget["attrs"]["id"], json.loads(widget["config_json"]))


@register.simple_tag
def start_panel(name: str, options: str) -> SafeString:
    """Start an inline panel; `options` are JSON."""
    return start(name, json.loads(options))
