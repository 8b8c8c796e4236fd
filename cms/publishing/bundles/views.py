"""Bundles in the admin: Wagtail's screens, and one that shows what blocks a bundle and releases it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from . import actions
from .models import Bundle


def bundle_url(bundle: Bundle) -> Any:
    """Return the screen of a bundle."""
    return reverse("bundles:inspect", args=[bundle.pk])


class BundleIndexView(IndexView):
    """All bundles; only one that is open can be edited."""

    def get_edit_url(self, instance: Any) -> Any:
        return super().get_edit_url(instance) if instance.status == "open" else None


class ForgedInputMixin:
    """Rows of the form that name what no browser sends (`items-0-id=x`) are refused by an error inside Django's
    formsets.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                response = super().post(request, *args, **kwargs)
                # A chooser looks for what it is given only when it is shown again.
                return response.render() if hasattr(response, "render") else response
        except (ValueError, TypeError, ValidationError):
            messages.error(request, _("The form could not be read. Please fill it in again."))
            return redirect(request.path)


class BundleCreateView(ForgedInputMixin, CreateView):
    """Leads to the bundle's own screen."""

    def get_success_url(self) -> str:
        return bundle_url(self.object)


class BundleEditView(ForgedInputMixin, EditView):
    """Likewise; for open bundles only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        bundle = get_object_or_404(Bundle, pk=kwargs["pk"])
        if bundle.status != "open":
            messages.error(request, _("A bundle that was released, published or dissolved is not changed."))
            return redirect(bundle_url(bundle))
        return super().dispatch(request, *args, **kwargs)

    def get_side_panels(self) -> Any:
        # Wagtail's says that a bundle is live.
        return MediaContainer()

    def get_success_url(self) -> str:
        return bundle_url(self.object)


class BundleView(InspectView):
    """The pages of a bundle with what still blocks each, and what this person may do."""

    template_name = "bundles/bundle.html"
    page_title = gettext_lazy("Bundle")

    def get_edit_url(self) -> Any:
        return super().get_edit_url() if self.object.status == "open" else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bundle, user = self.object, self.request.user
        is_open, is_released = bundle.status == "open", bundle.status == "released"
        reasons = {item.pk: why for item, why in actions.blockers(bundle)} if is_open or is_released else {}
        rows = [
            {"item": item, "page": item.page, "why": reasons.get(item.pk, "")}
            for item in bundle.items.select_related("page")
        ]
        blocked = any(row["why"] for row in rows)
        return super().get_context_data(
            bundle=bundle,
            rows=rows,
            is_open=is_open,
            blocked=blocked,
            seal=actions.seal_of(bundle),
            may_release=is_open and rows and not blocked and actions.may_release(user),
            may_take_back=is_released and (actions.may_release(user) or actions.may_change(user)),
            may_dissolve=is_open and actions.may_change(user),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        bundle, user = self.object, request.user
        try:
            if "release" in request.POST and request.POST.get("seal") != actions.seal_of(bundle):
                raise ValidationError(_("Meanwhile the bundle has changed: look at it again."))
            if "release" in request.POST:
                actions.release(bundle, user)
                said = _("All pages of the bundle are published.")
                if Bundle.objects.get(pk=bundle.pk).status == "released":
                    said = _("The bundle will be published at its time.")
            elif "take_back" in request.POST:
                actions.take_back(bundle, user)
                said = _("The release is taken back.")
            elif "dissolve" in request.POST:
                actions.dissolve(bundle, user)
                said = _("The bundle is dissolved; its pages are drafts on their own.")
            else:
                raise PermissionDenied
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, _("Nothing was published. %(why)s") % {"why": message})
        else:
            messages.success(request, said)
        return redirect(bundle_url(bundle))


class BundleViewSet(ModelViewSet):
    """Bundles, for everybody who works on pages."""

    model = Bundle
    name = "bundles"
    icon = "folder-open-inverse"
    menu_label = gettext_lazy("Bundles")
    menu_order = 250
    add_to_admin_menu = True
    inspect_view_enabled = True
    index_view_class = BundleIndexView
    add_view_class = BundleCreateView
    edit_view_class = BundleEditView
    inspect_view_class = BundleView
    copy_view_enabled = False
    list_display = [
        TitleColumn("name", label=Bundle._meta.get_field("name").verbose_name, get_url=bundle_url),
        Column("get_status_display", label=gettext_lazy("Status")),
        Column(
            "go_live_at",
            label=gettext_lazy("To be published at"),
            accessor=lambda bundle: (
                bundle.go_live_at and date_format(timezone.localtime(bundle.go_live_at), "SHORT_DATETIME_FORMAT")
            ),
        ),
    ]
    exclude_form_fields = ["created_at"]
