"""What search finds of this app's page types."""

from search.registry import SearchText, register_page_type, register_reader, register_state_names

from .directives import query_reading
from .directives.search_text import directive_text
from .directives.validity import Validity
from .models import ArticlePage, DirectivePage, TaskPlanPage
from .news.search_text import article_text
from .plans.search_text import plan_text
from .sections import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage


def section_text(form: dict) -> SearchText:
    """Return the text of a section: its introduction."""
    return SearchText(title=form["title"], kind=("section", form["title"]), summary=form["introduction"])


def register() -> None:
    """Register the page types of this app."""
    register_page_type(ArticlePage, article_text)
    register_page_type(DirectivePage, directive_text)
    register_page_type(TaskPlanPage, plan_text)
    for section in (ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage):
        register_page_type(section, section_text)
    register_reader(query_reading.read)
    register_state_names(dict(Validity.choices))
