"""The screen on which a mistaken publication is undone."""

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

from .undoing import may_undo, undo


class ReasonForm(forms.Form):
    """Why it was a mistake."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=AdminAutoHeightTextInput)


class UndoView(PageScreenMixin, FormView):
    """Asks for the reason, hides the page and proposes the rest."""

    template_name = "takedown/undo.html"
    form_class = ReasonForm
    page_title = gettext_lazy("Undo a publication")
    header_icon = "undo"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_undo(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        try:
            proposal = undo(self.page, self.request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.warning(
            self.request,
            _("“%(title)s” is hidden; a second person decides on the version before.")
            % {"title": self.get_page_subtitle()},
        )
        return redirect("proposal", proposal.pk)
