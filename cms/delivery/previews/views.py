"""The screen on which preview links of a page are made and revoked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.pages.permissions import may_read
from cms.pages.views import PageScreenMixin
from cms.store.projection.references import detail_url

from . import links
from .forms import LinkForm
from .models import PreviewLink


class PreviewLinksView(PageScreenMixin, TemplateView):
    """For those who may read the page."""

    template_name = "previews/links.html"
    page_title = gettext_lazy("Preview links")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", LinkForm())
        rows = [
            {
                "link": link,
                "is_valid": link.revoked_at is None
                and link.expires_at > timezone.now()
                and links.is_answered_for(link),
                "address": detail_url("previews", links.token_of(link)),
            }
            for link in PreviewLink.objects.filter(page_id=self.page.pk).select_related("created_by")
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "revoke" in request.POST:
            number = request.POST["revoke"]
            link = get_object_or_404(PreviewLink, pk=number if number.isdecimal() else 0, page_id=self.page.pk)
            links.revoke(link, request.user)
            messages.success(request, _("The link is revoked."))
            return redirect(request.path)
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        links.make(self.page, request.user, form.cleaned_data["name"], form.cleaned_data["days"])
        messages.success(request, _("The link is made. Whoever has it sees the latest draft."))
        return redirect(request.path)
