"""The endpoint `site/`: what every page of the site shows around its content."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path

from cms.api.listings import json_answer
from cms.api.openapi.describing import described_object
from cms.api.views.base import PortalViewSet
from cms.core.schemas import HTML, STRING, array, nullable, obj, ref
from cms.store.dependencies import of_item
from cms.store.reading import find, texts_of

from .menus import SECTIONS, TEXTS
from .models.settings import Menu


class SiteViewSet(PortalViewSet):
    """Name, menus, footer and sections of the site."""

    name = "site"

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
                "promoted_results": array(obj({"queries": array(STRING), "page": ref("PageReference")})),
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
        self.depends_on.add(of_item("site", "site"))
        row = find(type="site", key="site")
        if row is None:
            raise Http404
        return json_answer(texts_of([row], self.head.site_url, listing=False)[0])
