"""What leaves of the home page and of standard pages beside their fields, and of the settings of the site."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from wagtail.models import Page, Site

from articles.models import ArticlePage
from articles.projection import TypeProjection
from cms.media.models import CustomImage
from cms.media.represent import image_form
from cms.pages.public import default_site
from cms.pages.rich_text import display_html
from cms.store.models import Event, Form, Item, Link, SortKey
from cms.store.projection.preloading import references_in_rich_text
from cms.store.projection.references import load_public_pages, page_reference, type_name
from cms.store.projection.registry import Collection, Entry
from cms.store.refreshing import needs_refreshing, refresh
from search.registry import SearchText

from .featured import LIMIT
from .menus import SECTIONS, TEXTS
from .models import MenuItem, PromotedResult, SearchSettings, SiteSettings, StandardPage
from .models.settings import Menu


def home_on_day(form: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the form of the home page as of `day`: what is featured is asked of the store."""
    return {**form, "featured": featured_on(day)}


def featured_on(day: date) -> list[dict[str, Any]]:
    """Return the articles that are featured on a day, newest first, from the store."""
    shown = SortKey.objects.filter(name="featured_until", unknown=False, value__gte=day.isoformat()).values("item")
    newest = SortKey.objects.filter(name="published_on", item__in=shown, item__type=type_name(ArticlePage))
    items = list(newest.order_by("unknown", "-value", "-number").values_list("item", flat=True)[:LIMIT])
    refresh(Item.objects.filter(needs_refreshing(), pk__in=items).values_list("pk", flat=True))
    references = dict(Item.objects.filter(pk__in=items).values_list("pk", "reference"))
    listings = dict(Form.objects.filter(pk__in=items).values_list("pk", "listing"))
    found = []
    for item in items:
        article = json.loads(listings[item])
        names = ("lead", "published_on", "category", "image")
        found.append({**json.loads(references[item]), **{name: article[name] for name in names}})
    return found


def home_changes_on(form: dict[str, Any], day: date) -> date | None:
    """Return the day after the last on which one of those that are featured now is so."""
    ids = [article["id"] for article in form["featured"]]
    ends = ArticlePage.objects.filter(pk__in=ids, featured_until__gte=day).values_list("featured_until", flat=True)
    return min((end + timedelta(days=1) for end in ends if end), default=None)


def home_text(form: dict[str, Any]) -> SearchText:
    """Return what the search finds of the home page: what it says itself, not what it lists."""
    return SearchText(title=form["title"], kind=("home", form["title"]), summary=form["introduction"])


def standard_text(form: dict[str, Any]) -> SearchText:
    """Return what the search finds of a standard page."""
    return SearchText(
        title=form["title"],
        kind=("page", str(capfirst(StandardPage._meta.verbose_name))),
        summary=form["lead"],
        body=[form["body"]],
    )


HOME = TypeProjection((), (), home_text, on_day=home_on_day, next_change=home_changes_on)
STANDARD = TypeProjection((), (), standard_text)


def site_form() -> tuple[dict[str, Any], set[tuple[str, int]]]:
    """Return what every page of the site shows around its content, and what that refers to."""
    site: Any = default_site()
    settings = SiteSettings.objects.select_related("emblem").filter(site=site).first() or SiteSettings(site=site)
    items = list(settings.menu_items.all())
    promoted = list(PromotedResult.objects.filter(settings__site=site))
    sections = {name: model.objects.values_list("pk", flat=True).first() for name, model in SECTIONS.items()}
    wanted = {site.root_page_id, *filter(None, sections.values())}
    wanted |= {item.page_id for item in [*items, *promoted] if item.page_id}
    pages = load_public_pages(wanted)
    references: dict[Any, dict] = {pk: page_reference(page) for pk, page in pages.items()}
    form = {
        "name": settings.name or site.site_name,
        "tagline": settings.tagline,
        "managing_body": settings.managing_body,
        "address": settings.address,
        "phone": settings.phone,
        "email": settings.email,
        "person_responsible": settings.person_responsible,
        "emblem": image_form(settings.emblem, settings.emblem_alt),
        "menus": {menu: menu_form(items, menu, references) for menu in Menu.values},
        **{name: display_html(getattr(settings, name)) for name in ("footer_text", *TEXTS)},
        "promoted_results": [
            {"queries": one.query_list(), "page": references[one.page_id]}
            for one in promoted
            if one.page_id in references
        ],
        "root": references.get(site.root_page_id),
        "sections": {name: references.get(pk) for name, pk in sections.items()},
    }
    links = {("pages", pk) for pk in wanted}
    for name in ("footer_text", *TEXTS):
        links |= {("pages", pk) for model, pk in references_in_rich_text(getattr(settings, name)) if model is Page}
    return form, links | ({("images", settings.emblem_id)} if settings.emblem_id else set())


def menu_form(items: Any, menu: Any, references: Any) -> Any:
    """Return the entries of a menu; one whose page is not public is left out."""
    return [
        {
            "title": item.title,
            "href": item.url or references[item.page_id]["html_url"],
            "page": references.get(item.page_id),
        }
        for item in items
        if item.menu == menu and (item.url or item.page_id in references)
    ]


def site_entries(_ids: set[str] | None) -> dict[str, Entry]:
    """Return the one entry of the collection."""
    if default_site() is None:
        return {}
    form, links = site_form()
    return {"site": Entry("site", form, links=links)}


def site_touched(pages: set[int], events: list[Event], _ids: set[str]) -> Iterable[str]:
    """Return whether the site shows one of these pages (a new section it does not know yet), or its emblem changed."""
    own = Link.objects.filter(item__type="site")
    images = [event.object_id for event in events if event.model == CustomImage._meta.label]
    if (
        own.filter(kind="pages", number__in=list(pages)[:900]).exists()
        or own.filter(kind="images", number__in=images).exists()
    ):
        return ["site"]
    return ["site"] if len(pages) > 900 or Page.objects.filter(pk__in=list(pages)[:900], depth__lte=3).exists() else []


SITE = Collection(
    "site", site_entries, whole=(SiteSettings, MenuItem, SearchSettings, PromotedResult, Site), touched=site_touched
)
