"""What search finds of the home page and of standard pages."""

from django.utils.text import capfirst

from search.registry import SearchText, register_page_type

from .models import HomePage, StandardPage


def home_text(form: dict) -> SearchText:
    """Return the home page: what it says itself, not what it lists."""
    return SearchText(title=form["title"], kind=("home", form["title"]), summary=form["introduction"])


def standard_text(form: dict) -> SearchText:
    """Return a standard page."""
    return SearchText(
        title=form["title"],
        kind=("page", str(capfirst(StandardPage._meta.verbose_name))),
        summary=form["lead"],
        body=[form["body"]],
    )


def register() -> None:
    """Register the page types of this app."""
    register_page_type(HomePage, home_text)
    register_page_type(StandardPage, standard_text)
