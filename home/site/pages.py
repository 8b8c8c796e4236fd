"""One renderer for each page type: from its API form to a response. The admin's preview uses the same."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cms.core.dependencies import DAY, note

from . import content
from .citation import citation, long_date
from .context import page_context
from .listings import Filter, Listing, bind, levels, register_choices, validities
from .plans import ended, plan_groups, plan_views
from .relations import citing_groups, grouped_relations
from .structured_data import structured_data

PAGE_SIZE = 10
LATEST = 5
SOON = datetime.timedelta(days=60)

NEWS_FILTERS = [
    Filter("chuyen-muc", "category", gettext_lazy("Category"), register_choices("categories/")),
    # There are too many tags to choose from in a list.
    Filter("the", "tag", gettext_lazy("Tag"), kind="link", endpoint="tags/"),
    Filter("nam", "year", gettext_lazy("Year"), kind="year"),
]
DIRECTIVE_FILTERS = [
    Filter("q", "search", gettext_lazy("Words")),
    Filter("so", "reference", gettext_lazy("Number and symbol")),
    Filter("loai", "document_type", gettext_lazy("Document type"), register_choices("document-types/", "code")),
    Filter("co-quan", "issuer", gettext_lazy("Issuer"), register_choices("issuers/")),
    Filter("cap", "level", gettext_lazy("Level"), levels),
    Filter("linh-vuc", "sector", gettext_lazy("Sector"), register_choices("sectors/")),
    Filter("hieu-luc", "validity", gettext_lazy("Validity"), validities),
    Filter("nam", "year", gettext_lazy("Year"), kind="year"),
    Filter("tu-ngay", "issued_after", gettext_lazy("Issued from"), kind="date"),
    Filter("den-ngay", "issued_before", gettext_lazy("Issued until"), kind="date"),
]
PLAN_FILTERS = [
    Filter("don-vi", "unit", gettext_lazy("Unit"), register_choices("units/")),
    Filter("nam", "year", gettext_lazy("Year"), kind="year"),
]


def render_page(form: Any, request: HttpRequest, *, preview: bool = False) -> Any:
    """Return the response for a page's API form. `preview`: the page may be a draft with nothing filled in."""
    template, extend = RENDERERS.get(form["meta"]["type"], ("site/standard_page.html", nothing))
    context = page_context(request, form, title=form["title"], preview=preview)
    data = structured_data(form, context["site"])
    return render(request, template, {**context, "structured_data": data, **extend(form, request)})


def nothing(form: Any, request: HttpRequest) -> Any:
    """For pages that show their own form only."""
    return {}


def home(form: Any, request: HttpRequest) -> Any:
    """Return what the home page gathers: news, documents, the newest plan, what is about to expire, categories."""
    news = content.get("pages/", type="articles.ArticlePage", fields="*", order="-published_on", limit=6)["items"]
    featured = (form["featured"] or news or [None])[0]
    today = timezone.localdate()
    note([DAY])
    plans = content.get("pages/", type="articles.TaskPlanPage", fields="*", order="-period", limit=1)["items"]
    expiring = content.get(
        "pages/",
        type="articles.DirectivePage",
        fields="*",
        order="expires_on",
        limit=5,
        expires_after=(today + datetime.timedelta(days=1)).isoformat(),
        expires_before=(today + SOON).isoformat(),
    )
    return {
        "featured": featured,
        "featured_address": featured and (featured.get("html_url") or featured["meta"]["html_url"]),
        "news": [item for item in news if featured is None or item["id"] != featured["id"]][:5],
        "directives": latest_documents(),
        "plan": plans[0] if plans else None,
        "plan_ended": ended(plans[0]) if plans else None,
        "expiring": expiring["items"],
        "categories": content.get_all("categories/"),
    }


def latest_documents() -> list[dict]:
    """Return the newest documents by their issue date; one without a date counts from the day on which it was published
    here.
    """
    found = {}
    for order in ("-issued_on", "-first_published_at"):
        answer = content.get("pages/", type="articles.DirectivePage", fields="*", order=order, limit=LATEST)
        found |= {item["id"]: item for item in answer["items"]}
    newest = sorted(
        found.values(), key=lambda item: item["issued_on"] or (item["meta"]["first_published_at"] or "")[:10]
    )
    return newest[::-1][:LATEST]


def listing(page_type: Any, filters: Any, order: Any) -> Any:
    """Return a renderer of a section: its listing with filters."""

    def extend(form: Any, request: HttpRequest):
        bound = bind(filters, request)
        params: dict[str, Any] = {one.parameter: one.value for one in bound}
        # Ordered by relevance where words are searched for.
        params["order"] = None if params.get("search") else order
        found = Listing("pages/", request, {"type": page_type, "fields": "*", **params}, PAGE_SIZE, bound)
        return {
            "filters": bound,
            "listing": found,
            "document_title": found.named(form["title"]),
            "document_description": found.described(form["meta"]["search_description"] or form["title"]),
            "canonical": found.canonical(form["meta"]["html_url"]),
            # What words were typed makes no page of its own.
            "noindex": bool(params.get("search")),
        }

    return extend


def directive(form: Any, request: HttpRequest) -> Any:
    """Return the context of a document's page: relations by kind and direction, what refers to it, citation, head of
    print.
    """
    return {
        "relation_groups": grouped_relations(form["relations"]),
        "citing": citing_groups(form["cited_by"]),
        "citation": citation(form),
        "issued_in_words": long_date(form["issued_on"]) if form["issued_on"] else "",
    }


def task_plan(form: Any, request: HttpRequest) -> Any:
    """Return a plan with its tasks by unit, by deadline, or only those that are overdue."""
    views = plan_views(form, request)
    current = next(view for view in views if view["current"])
    groups = plan_groups(form["tasks"], current["code"], form["summary"]["as_of"])
    citing = citing_groups(form["cited_by"])
    return {"views": views, "groups": groups, "ended": ended(form), "citing": citing}


RENDERERS = {
    "home.HomePage": ("site/home.html", home),
    "home.StandardPage": ("site/standard_page.html", nothing),
    "articles.ArticlePage": ("site/article.html", nothing),
    "articles.DirectivePage": ("site/directive.html", directive),
    "articles.TaskPlanPage": ("site/task_plan.html", task_plan),
    "articles.ArticleIndexPage": (
        "site/article_index.html",
        listing("articles.ArticlePage", NEWS_FILTERS, "-published_on"),
    ),
    "articles.DirectiveIndexPage": (
        "site/directive_index.html",
        listing("articles.DirectivePage", DIRECTIVE_FILTERS, "-issued_on"),
    ),
    "articles.TaskPlanIndexPage": (
        "site/task_plan_index.html",
        listing("articles.TaskPlanPage", PLAN_FILTERS, "-period"),
    ),
}
