"""The list of what was published in a hurry and is still to be looked at."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.publishing.record.models import RecordEntry, RecordKind

from .urgent import owed, review_afterwards, to_be_reviewed_by


class UrgentView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Shows what is owed to those who work on pages, and takes the review of those who may give it."""

    template_name = "review/urgent.html"
    page_title = gettext_lazy("Published in a hurry, to be reviewed")
    header_icon = "warning"
    any_permission_required = ["add", "change", "publish"]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_breadcrumbs_items(self) -> list[Any]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = owed()
        mine = to_be_reviewed_by(self.request.user, entries)
        rows = [{"entry": entry, "may_review": entry.pk in mine} for entry in entries]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        number = request.POST.get("entry", "")
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            raise PermissionDenied
        entry = get_object_or_404(RecordEntry, pk=number, kind=RecordKind.URGENT, redacted_by=None)
        review_afterwards(entry, request.user, request.POST.get("remark", "")[:2000])
        messages.success(request, _("The review of “%(title)s” is in the record.") % {"title": entry.subject})
        return redirect(request.path)
