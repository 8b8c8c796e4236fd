"""The screen on which a mistaken publication is undone."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from cms.pages.views import PageScreenMixin
from cms.publishing.takedown.actions import open_takedown, take_down
from cms.publishing.takedown.models import TakedownKind
from cms.publishing.takedown.permissions import may_be_taken_down
from cms.publishing.takedown.permissions import may_decide as may_hide

from ..actions import propose
from ..models import Proposal
from .kind import NAME, is_as_published, version_before


def may_undo(user: Any, page: Page) -> bool:
    """Return whether `user` may hide, and there is a version before of which nobody has gone on since."""
    return (
        may_hide(user)
        and is_as_published(page)
        and may_be_taken_down(page)
        and open_takedown(page) is None
        and version_before(page) is not None
    )


@transaction.atomic
def undo(page: Page, user: Any, reason: str) -> Proposal:
    """Hide `page` at once, and propose that the version before is public again.

    Raise PermissionDenied, or ValidationError by field.
    """
    before = version_before(page)
    if before is None or not may_undo(user, page):
        raise PermissionDenied
    take_down(page, user, TakedownKind.HIDDEN, reason, ask=False)
    changes = {"live": page.live_revision_id, "previous": before.pk}
    return propose(NAME, Page.objects.get(pk=page.pk), page.get_admin_display_title(), changes, user, reason)


class ReasonForm(forms.Form):
    """Why it was a mistake."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=AdminAutoHeightTextInput)


class UndoView(PageScreenMixin, FormView):
    """Asks for the reason, hides the page and proposes the rest."""

    template_name = "proposals/undo.html"
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
