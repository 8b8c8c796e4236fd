"""The screen of a draft that was set aside for a correction."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.pages.views import PageScreenMixin

from . import corrections


class CorrectionView(PageScreenMixin, TemplateView):
    """Starts a correction, shows what the draft that was set aside would change, takes it up or drops it."""

    template_name = "review/correction.html"
    page_title = gettext_lazy("Draft that was set aside")
    header_icon = "draft"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.page.permissions_for_user(request.user).can_change_content():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        aside = corrections.set_aside(self.page)
        rows = []
        if aside is not None and self.page.live_revision_id:
            rows = [
                {
                    "difference": one,
                    "now": words(one.now),
                    "draft": words(one.draft),
                }
                for one in corrections.differences(self.page, aside)
            ]
        return super().get_context_data(
            aside=aside,
            rows=rows,
            may_start=corrections.may_start(self.request.user, self.page),
            may_take_up=aside is not None and not self.page.has_unpublished_changes,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "start" in request.POST:
            corrections.start(self.page, request.user)
            messages.success(
                request, _("The draft is set aside. This is the version that is public: correct it and submit it.")
            )
        elif "drop" in request.POST:
            corrections.drop(self.page, request.user)
            messages.success(request, _("The draft is not offered any more; it stays in the history."))
        else:
            corrections.take_up(self.page, request.user, set(request.POST.getlist("taken")))
            messages.success(request, _("The draft is taken up again, on top of what is public now."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def words(value: Any) -> str:
    """Return a stored value as text that a person compares."""
    if isinstance(value, list):
        return f"{len(value)}"
    text = " ".join(strip_tags(str(value if value is not None else "–")).split())
    return text if len(text) <= 300 else f"{text[:300]}…"
