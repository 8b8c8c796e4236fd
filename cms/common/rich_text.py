"""Rich text as readers get it: links to what is not public are plain text."""

import re

from wagtail.rich_text import expand_db_html

FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link"]

# What the handlers of links (cms.common.link_handlers, and Wagtail's) leave of a link that leads nowhere.
_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def display_html(source: str) -> str:
    """Display-ready HTML of a rich text's database form."""
    return _DEAD_LINK.sub(r"\1", expand_db_html(source or ""))
