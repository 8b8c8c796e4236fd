"""What search finds of the page types."""

from search.registry import SearchText, register_page_type

from .models import (
    ArticleIndexPage,
    ArticlePage,
    DirectiveIndexPage,
    DirectivePage,
    TaskPlanIndexPage,
    TaskPlanPage,
)


def article_text(form: dict) -> SearchText:
    """A news article: its lead stands in results."""
    tags = [tag["name"] for tag in form["tags"]]
    return SearchText(
        title=form["title"],
        summary=form["lead"],
        body=[form["byline"], form["source"], (form["category"] or {}).get("name", ""), tags, form["body"]],
        date=form["published_on"],
    )


def directive_text(form: dict) -> SearchText:
    """A document: found by its reference in any spelling, its subject, issuers and text."""
    return SearchText(
        title=form["title"],
        reference=" ".join(filter(None, [form["reference"], form["reference_as_printed"]])),
        summary=form["subject"],
        body=[
            [issuer["name"] for issuer in form["issuers"]],
            [signer["name"] for signer in form["signers"]],
            form["body"],
        ],
        date=form["issued_on"],
    )


def plan_text(form: dict) -> SearchText:
    """A plan: its tasks with their units."""
    tasks = [
        [task["title"], task["description"], (task["lead_unit"] or {}).get("name", ""), task["result"]]
        for task in form["tasks"]
    ]
    return SearchText(
        title=form["title"],
        summary=form["introduction"],
        body=[tasks, form["previous"]["results"], form["previous"]["limitations"]],
        date=form["period"] and form["period"]["start"],
    )


def section_text(form: dict) -> SearchText:
    """A section: its introduction."""
    return SearchText(title=form["title"], summary=form["introduction"], body=[])


def register() -> None:
    """Registers the page types of this app."""
    register_page_type(ArticlePage, article_text)
    register_page_type(DirectivePage, directive_text)
    register_page_type(TaskPlanPage, plan_text)
    for section in (ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage):
        register_page_type(section, section_text)
