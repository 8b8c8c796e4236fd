"""`previews/`: the draft of one page, for who has a link."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path
from rest_framework.response import Response

from cms.api.openapi.describing import described_object
from cms.api.views.base import PortalViewSet
from cms.store.projection.representation import represent

from .files import with_signed_addresses
from .links import draft_of, link_of
from .models import PreviewLink


class PreviewsViewSet(PortalViewSet):
    """The API form of a draft, as that of the page will be. Nobody keeps it."""

    name = "previews"
    model = PreviewLink

    @classmethod
    def describe(cls) -> dict[str, Any]:
        from cms.api.openapi.pages import any_page

        return {"detail": described_object(any_page(), "The draft of a page, for who has the link")}

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [path("<str:token>/", cls.as_view({"get": "preview_view"}), name="detail")]

    def preview_view(self, request: HttpRequest, token: Any) -> Any:
        self.check_parameters(frozenset())
        link = link_of(token)
        if link is None:
            raise Http404
        form = with_signed_addresses(represent(draft_of(link)), link)
        return Response(form, headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"})
