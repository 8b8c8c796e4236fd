"""`redirects/`: addresses that moved."""

from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from cms.common.public import public_pages

from ..references import load_public_pages
from .base import BY_ID, FormViewSet
from .pages import FOLLOWED, redirect_location


class RedirectsViewSet(FormViewSet):
    """Redirects whose target is public or lies elsewhere."""

    name = "redirects"
    cursor_order = BY_ID
    model = Redirect

    def get_queryset(self):
        return Redirect.objects.filter(
            Q(redirect_page__in=public_pages().values("pk"))
            | Q(redirect_page=None) & reduce(or_, (Q(redirect_link__startswith=start) for start in FOLLOWED))
        ).order_by("pk")

    def forms(self, instances):
        self.pages = load_public_pages([one.redirect_page_id for one in instances if one.redirect_page_id])
        return super().forms(instances)

    def form(self, instance):
        return {
            "id": instance.pk,
            "old_path": instance.old_path,
            "location": redirect_location(instance, self.pages),
            "permanent": instance.is_permanent,
        }
