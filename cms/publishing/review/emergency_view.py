"""The screen of an emergency publication."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.pages.views import PageScreenMixin

from .emergency import just_returned, may_publish_in_emergency, publish_in_emergency, what_is_missing


class EmergencyForm(forms.Form):
    """The reason, which all approvers read."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=AdminAutoHeightTextInput,
        error_messages={"required": gettext_lazy("Say why this can't wait for its review.")},
    )


class EmergencyView(PageScreenMixin, FormView):
    """Asks for the reason and publishes."""

    template_name = "review/emergency.html"
    form_class = EmergencyForm
    page_title = gettext_lazy("Publish in an emergency")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_publish_in_emergency(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(missing=what_is_missing(self.page), returned=just_returned(self.page), **kwargs)

    def form_valid(self, form: Any) -> Any:
        try:
            publish_in_emergency(self.page, self.request.user, form.cleaned_data["reason"])
        except ValueError as error:
            form.add_error("reason", str(error))
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.warning(
            self.request,
            _("“%(title)s” is published without review; all approvers are told.") % {"title": self.get_page_subtitle()},
        )
        return redirect("record_trail", self.page.pk)
