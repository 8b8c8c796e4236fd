"""`redirects/`: addresses that moved."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from cms.core.schemas import BOOLEAN, INTEGER, STRING, nullable, obj
from cms.pages.public import public_pages
from cms.store.redirects import FOLLOWED, redirect_location
from cms.store.references import load_public_pages

from ..openapi.describing import described_listing, described_object
from .base import BY_ID, FormViewSet


class RedirectsViewSet(FormViewSet):
    """Redirects whose target is public or lies elsewhere."""

    name = "redirects"
    cursor_order = BY_ID
    model = Redirect

    @classmethod
    def describe(cls) -> dict[str, Any]:
        form = obj({"id": INTEGER, "old_path": STRING, "location": nullable(STRING), "permanent": BOOLEAN})
        return {
            "listing": described_listing(form, answer="Addresses that moved"),
            "detail": described_object(form, "An address that moved"),
        }

    def get_queryset(self) -> Any:
        return Redirect.objects.filter(
            Q(redirect_page__in=public_pages().values("pk"))
            | Q(redirect_page=None) & reduce(or_, (Q(redirect_link__startswith=start) for start in FOLLOWED))
        ).order_by("pk")

    def forms(self, instances: Any) -> Any:
        self.pages = load_public_pages([one.redirect_page_id for one in instances if one.redirect_page_id])
        return super().forms(instances)

    def form(self, instance: Any) -> Any:
        return {
            "id": instance.pk,
            "old_path": instance.old_path,
            "location": redirect_location(instance, self.pages),
            "permanent": instance.is_permanent,
        }
