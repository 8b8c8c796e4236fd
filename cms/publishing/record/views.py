"""The record in the admin: a report that is filtered and exported, and the trail of one page, which is printed."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.pages.exports import harmless
from cms.pages.permissions import may_read
from cms.pages.views import PageScreenMixin

from .chain import seal
from .models import RecordEntry, RecordKind
from .trail import names_changed, versions


class EntryFilterSet(WagtailFilterSet):
    """By page, event, person and time."""

    subject = django_filters.CharFilter(label=_("Object"), lookup_expr="icontains")
    user_name = django_filters.CharFilter(label=_("User"), lookup_expr="icontains")
    kind = django_filters.MultipleChoiceFilter(label=_("Event"), choices=RecordKind.choices)
    at = django_filters.DateFromToRangeFilter(label=_("Time"), widget=DateRangePickerWidget)
    page_id = django_filters.NumberFilter(label=_("Number of the page"))

    class Meta:
        model = RecordEntry
        fields = ["subject", "user_name", "kind", "at", "page_id"]


class RecordView(ReportView):
    """All entries, newest first, for those who work on pages."""

    model = RecordEntry
    page_title = _("Record")
    header_icon = "list-ol"
    index_url_name = "record"
    index_results_url_name = "record_results"
    filterset_class = EntryFilterSet
    export_filename = "ho-so-xuat-ban"
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-pk"
    columns = [
        Column("seq", label=_("No.")),
        Column(
            "time",
            label=_("Time"),
            accessor=lambda entry: date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT"),
        ),
        Column("get_kind_display", label=_("Event")),
        Column("subject", label=_("Object")),
        Column("user_name", label=_("User")),
        Column("detail", label=_("Reason, or old and new value"), accessor=lambda entry: entry.detail),
    ]
    list_export = [
        "seq", "at", "kind", "get_kind_display", "page_id", "subject", "user_id", "user_name", "revision_id",
        "digest", "reason", "data", "hash",
    ]  # fmt: skip
    export_headings = {"get_kind_display": _("Event"), "at": _("Time"), "seq": _("No.")}

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_queryset(self) -> Any:
        seal()
        return RecordEntry.objects.select_related("seal").order_by("-pk")

    def preprocess_field_value(self, field: Any, value: Any, export_format: str) -> Any:
        if field == "at":
            return timezone.localtime(value).isoformat(timespec="seconds")
        # Data too, for which a spreadsheet has no type.
        return value if isinstance(value, int) or value is None else harmless(str(value))

    def stream_csv(self, queryset: QuerySet[RecordEntry]) -> Iterator[Any]:
        # Without the mark, Excel reads the diacritics as another encoding.
        yield "\ufeff"
        yield from super().stream_csv(queryset)


class TrailView(PageScreenMixin, TemplateView):
    """The published versions of one page with their trails, for those who may read the page."""

    template_name = "record/trail.html"
    page_title = _("Trail of publication")
    header_icon = "list-ol"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> Any:
        return super().get_context_data(
            versions=versions(self.page.pk),
            names_changed=names_changed(self.page.pk),
            printed_at=date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT"),
            print_url=reverse("record_print", args=[self.page.pk]),
            record_url=f"{reverse('record')}?page_id={self.page.pk}",
            **kwargs,
        )


class PrintView(TrailView):
    """The same on paper."""

    template_name = "record/print.html"
