"""Rich text as readers get it: links to what is not public are plain text."""

import re

from wagtail.rich_text import expand_db_html

FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link"]

# What the handlers of links (cms.pages.link_handlers, and Wagtail's) leave of a link that leads nowhere.
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def linked_id(text: str) -> int | None:
    """Return the id that a link in rich text names; None for what is none (the source may come from anywhere)."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", str(text)) else None


def display_html(source: str) -> str:
    """Display-ready HTML of a rich text's database form."""
    return _DEAD_LINK.sub(r"\1", expand_db_html(source or ""))
