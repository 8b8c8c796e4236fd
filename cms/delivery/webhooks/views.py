"""Webhooks in the admin: Wagtail's screens, and one with the deliveries, the secret, a test and what is sent again."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from .delivering import send_again, send_test, switch_on
from .forms import EndpointForm
from .models import Delivery, Endpoint, new_secret

# For how long the old secret signs too after it was changed.
OVERLAP = timedelta(days=1)
SHOWN = 100


def endpoint_url(endpoint: Endpoint) -> Any:
    """Return the screen of an endpoint."""
    return reverse("webhooks:inspect", args=[endpoint.pk])


def secret_key(endpoint: Endpoint) -> Any:
    """Return where a secret waits in the session to be shown once."""
    return f"webhook_secret_{endpoint.pk}"


class EndpointIndexView(IndexView):
    """All endpoints."""

    permission_required = "change"


class EndpointCreateView(CreateView):
    """Shows the secret once, on the endpoint's own screen."""

    def get_success_url(self) -> str:
        self.request.session[secret_key(self.object)] = self.object.secret
        return endpoint_url(self.object)


class EndpointEditView(EditView):
    """Leads to the endpoint's own screen. What waits while it was off goes on."""

    def get_success_url(self) -> str:
        if "is_active" in self.form.changed_data and self.object.is_active:
            switch_on(self.object)
        return endpoint_url(self.object)


class EndpointView(InspectView):
    """What was told, and what this person may do."""

    template_name = "webhooks/endpoint.html"
    page_title = gettext_lazy("Webhook")
    any_permission_required = ["change"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deliveries = self.object.deliveries.order_by("-pk").prefetch_related("attempts")[:SHOWN]
        return super().get_context_data(
            endpoint=self.object,
            deliveries=deliveries,
            secret=self.request.session.pop(secret_key(self.object), ""),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission("change"):
            raise PermissionDenied
        if "test" in request.POST:
            send_test(self.object)
            messages.success(request, _("A test is on its way: reload this screen to see whether it arrives."))
        elif "rotate" in request.POST:
            self.rotate()
            messages.success(request, _("There is a new secret. The old one signs too for one day."))
        elif "again" in request.POST and request.POST["again"].isdecimal():
            delivery = get_object_or_404(Delivery, pk=request.POST["again"], endpoint=self.object)
            send_again(delivery)
            messages.success(request, _("It is sent again."))
        else:
            raise PermissionDenied
        return redirect(endpoint_url(self.object))

    def rotate(self) -> None:
        """Give the endpoint a new secret, which is shown once."""
        endpoint = Endpoint.objects.select_for_update().get(pk=self.object.pk)
        endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, timezone.now() + OVERLAP
        endpoint.secret = new_secret()
        endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
        self.request.session[secret_key(endpoint)] = endpoint.secret


class EndpointViewSet(ModelViewSet):
    """Webhooks, for administrators."""

    model = Endpoint
    name = "webhooks"
    icon = "link-external"
    menu_label = gettext_lazy("Webhooks")
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = EndpointIndexView
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView
    inspect_view_class = EndpointView
    list_display = [
        TitleColumn("name", label=Endpoint._meta.get_field("name").verbose_name, get_url=endpoint_url),
        Column("url", label=Endpoint._meta.get_field("url").verbose_name),
        BooleanColumn("is_active", label=Endpoint._meta.get_field("is_active").verbose_name),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return EndpointForm
