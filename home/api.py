"""The endpoint `site/`: what every page of the site shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from rest_framework.response import Response

from articles.models import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage
from cms.api.openapi.describing import described_object
from cms.api.views.base import PortalViewSet
from cms.core.schemas import HTML, STRING, array, nullable, obj, ref
from cms.media.represent import image_form
from cms.pages.public import default_site
from cms.pages.rich_text import display_html
from cms.store.digest import digest_of
from cms.store.references import load_public_pages, page_reference

from .models import SiteSettings
from .models.settings import Menu

SECTIONS = {"articles": ArticleIndexPage, "directives": DirectiveIndexPage, "plans": TaskPlanIndexPage}
# Rich text of the settings, each a page of the site.
TEXTS = ("contact", "information_access", "accessibility")


class SiteViewSet(PortalViewSet):
    """Name, menus, footer and sections of the site."""

    name = "site"
    model = SiteSettings

    @classmethod
    def describe(cls) -> dict[str, Any]:
        entry = obj({"title": STRING, "href": STRING, "page": nullable(ref("PageReference"))})
        texts = ("name", "tagline", "managing_body", "address", "phone", "email", "person_responsible")
        form = obj(
            {
                **dict.fromkeys(texts, STRING),
                "emblem": nullable(ref("Image")),
                "menus": obj({menu: array(entry) for menu in Menu.values}),
                **dict.fromkeys(("footer_text", *TEXTS), HTML),
                "root": nullable(ref("PageReference")),
                "sections": obj(dict.fromkeys(SECTIONS, nullable(ref("PageReference")))),
            }
        )
        return {"listing": described_object(form, "The site around its content")}

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [path("", cls.as_view({"get": "site_view"}), name="listing")]

    def site_view(self, request: HttpRequest) -> Any:
        self.check_parameters(frozenset())
        return Response(site_form())


def site_form() -> dict:
    """Return the one object of the endpoint."""
    site: Any = default_site()
    settings = SiteSettings.objects.select_related("emblem").filter(site=site).first() or SiteSettings(site=site)
    items = list(settings.menu_items.all())
    sections = {name: model.objects.values_list("pk", flat=True).first() for name, model in SECTIONS.items()}
    wanted = [site.root_page_id, *filter(None, sections.values()), *(item.page_id for item in items if item.page_id)]
    pages = load_public_pages(wanted)
    references: dict[Any, dict] = {pk: page_reference(page) for pk, page in pages.items()}
    return {
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
        "root": references.get(site.root_page_id),
        "sections": {name: references.get(pk) for name, pk in sections.items()},
    }


def site_stamps() -> dict[str, str]:
    """For the change log: one key, which changes with anything in the form."""
    return {"site": digest_of(site_form())} if default_site() is not None else {}


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
