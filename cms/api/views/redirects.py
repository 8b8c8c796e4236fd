"""`redirects/`: addresses that moved."""

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from cms.common.public import public_pages

from .base import FormViewSet
from .pages import redirect_location


class RedirectsViewSet(FormViewSet):
    """Redirects whose target is public or lies elsewhere."""

    name = "redirects"
    model = Redirect

    def get_queryset(self):
        return (
            Redirect.objects.filter(
                Q(redirect_page__in=public_pages().values("pk")) | Q(redirect_page=None) & ~Q(redirect_link="")
            )
            .select_related("redirect_page")
            .order_by("pk")
        )

    def form(self, instance):
        return {
            "id": instance.pk,
            "old_path": instance.old_path,
            "location": redirect_location(instance),
            "permanent": instance.is_permanent,
        }
