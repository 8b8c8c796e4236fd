"""What search finds of the page types, and the states that results show."""

from django.utils import timezone
from django.utils.text import capfirst

from search.registry import SearchText, register_page_type, register_reader, register_states

from . import query_reading
from .api.directives import incoming_relations, preload
from .models import (
    ArticleIndexPage,
    ArticlePage,
    DirectiveIndexPage,
    DirectivePage,
    TaskPlanIndexPage,
    TaskPlanPage,
)
from .validity import validity_as_of


def article_text(form: dict) -> SearchText:
    """A news article: its lead stands in results."""
    tags = [tag["name"] for tag in form["tags"]]
    return SearchText(
        title=form["title"],
        kind=("article", str(capfirst(ArticlePage._meta.verbose_name))),
        summary=form["lead"],
        keywords=tags,
        body=[
            form["body"],
            form["byline"],
            form["source"],
            (form["category"] or {}).get("name", ""),
            [attachment["title"] for attachment in form["attachments"]],
        ],
        date=form["published_on"],
    )


def directive_text(form: dict) -> SearchText:
    """A document: found by its reference in any spelling, its subject, issuers and text."""
    kind = form["document_type"]
    issuers = [issuer["name"] for issuer in form["issuers"]]
    return SearchText(
        title=form["title"],
        kind=(kind["code"], kind["name"]) if kind else ("", ""),
        reference=" ".join(filter(None, [form["reference"], form["reference_as_printed"]])),
        keywords=[*issuers, *(issuer["code"] or "" for issuer in form["issuers"])],
        summary=form["subject"],
        body=[
            form["body"],
            [signer["name"] for signer in form["signers"]],
            (form["sector"] or {}).get("name", ""),
        ],
        date=form["issued_on"],
        issuers=issuers,
        document=query_reading.document_facts(
            kind["code"] if kind else "", form["number"], form["symbol"], form["issued_on"]
        ),
    )


def plan_text(form: dict) -> SearchText:
    """A plan: everything that its page shows of its tasks, with their units and what they are to give."""
    tasks = [
        [
            task["title"],
            task["description"],
            (task["lead_unit"] or {}).get("name", ""),
            [unit["name"] for unit in task["supporting_units"]],
            task["deliverable"],
            task["deadline"]["name"],
            task["result"],
        ]
        for task in form["tasks"]
    ]
    period = form["period"]
    return SearchText(
        title=form["title"],
        kind=("plan", str(capfirst(TaskPlanPage._meta.verbose_name))),
        summary=form["introduction"],
        keywords=[period["name"] if period else "", (form["organisation"] or {}).get("name", "")],
        body=[tasks, form["previous"]["results"], form["previous"]["limitations"]],
        date=period and period["start"],
    )


def section_text(form: dict) -> SearchText:
    """A section: its introduction."""
    return SearchText(title=form["title"], kind=("section", form["title"]), summary=form["introduction"])


def validity_states(page_ids) -> dict[int, dict]:
    """How far the documents among the pages are in force today."""
    pages = list(
        DirectivePage.objects.filter(pk__in=page_ids)
        .only("status", "family", "issued_on", "effective_on", "expires_on")
        .prefetch_related("validity_events")
    )
    preload(pages)
    today, found = timezone.localdate(), {}
    for page in pages:
        validity, _since = validity_as_of(page.validity_facts(incoming_relations(page)), today)
        found[page.pk] = {"code": validity.value, "name": str(validity.label)}
    return found


def register() -> None:
    """Registers the page types of this app."""
    register_page_type(ArticlePage, article_text)
    register_page_type(DirectivePage, directive_text)
    register_page_type(TaskPlanPage, plan_text)
    for section in (ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage):
        register_page_type(section, section_text)
    register_reader(query_reading.read)
    register_states(validity_states)
