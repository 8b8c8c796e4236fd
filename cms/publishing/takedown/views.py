"""The screen on which a page is hidden, taken down and restored."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.pages.views import PageScreenMixin

from . import actions, permissions
from .forms import EndForm, TakedownForm
from .models import TakedownKind


class TakedownView(PageScreenMixin, TemplateView):
    """Shows what is in effect or proposed, and offers what this person may do about it."""

    template_name = "takedown/takedown.html"
    page_title = gettext_lazy("Take down")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        readable = self.page.permissions_for_user(request.user).can_read()
        if (
            not readable
            or not permissions.may_be_taken_down(self.page)
            or not (permissions.may_propose(request.user) or permissions.may_decide(request.user))
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def takedown(self) -> Any:
        """What is in effect or proposed, or None."""
        return actions.open_takedown(self.page)

    @property
    def kinds(self) -> Any:
        """The kinds that this person may choose now."""
        if self.takedown is not None and (self.may_confirm or self.takedown.is_off):
            return [kind for kind in TakedownKind.values if kind != TakedownKind.HIDDEN]
        if self.takedown is not None or not self.page.live:
            return [TakedownKind.HIDDEN] if permissions.may_decide(self.request.user) else []
        return [
            kind
            for kind in TakedownKind.values
            if kind != TakedownKind.HIDDEN or permissions.may_decide(self.request.user)
        ]

    @property
    def is_second(self) -> bool:
        """Whether this is somebody who may decide on what another person began."""
        user = self.request.user
        return self.takedown is not None and permissions.may_decide(user) and user.pk != self.takedown.proposed_by_id

    @property
    def may_confirm(self) -> bool:
        """Whether this person may agree."""
        return self.is_second and not self.takedown.is_decided

    @property
    def may_end(self) -> bool:
        """Whether this person may restore the page, refuse the proposal, or take back their own."""
        if self.takedown is None:
            return False
        return self.is_second or (not self.takedown.effective and self.request.user.pk == self.takedown.proposed_by_id)

    def begin_form(self, data: Any = None) -> Any:
        """Return the form of a takedown; of an open one with what was proposed."""
        initial = {}
        if self.takedown is not None:
            initial = {"kind": self.takedown.kind, "reason": self.takedown.reason, "target": self.takedown.target_id}
        return TakedownForm(data, kinds=self.kinds, initial=initial, prefix="takedown")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        takedown = self.takedown
        kwargs.setdefault("form", self.begin_form())
        kwargs.setdefault("end_form", EndForm(prefix="end"))
        return super().get_context_data(
            takedown=takedown,
            may_begin=bool(self.kinds) and (takedown is None or not takedown.is_off) and not self.may_confirm,
            may_confirm=self.may_confirm,
            may_end=self.may_end,
            others=permissions.deciders(takedown) if takedown is not None else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "end" in request.POST and self.takedown is not None:
            name, form = "end_form", EndForm(request.POST, prefix="end")
        else:
            name, form = "form", self.begin_form(request.POST)
        if form.is_valid():
            try:
                self.carry_out(name, form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect(request.path)
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def carry_out(self, name: str, data: Any) -> None:
        """Do what was asked for, and say so."""
        user, title = self.request.user, {"title": self.get_page_subtitle()}
        if name == "end_form":
            actions.end(self.takedown, user, data["reason"])
            messages.success(self.request, _("“%(title)s” is as it was before.") % title)
        elif self.may_confirm:
            actions.confirm(self.takedown, user, data["kind"], data["reason"], data["target"])
            messages.success(self.request, _("“%(title)s” is taken down.") % title)
        else:
            actions.take_down(self.page, user, data["kind"], data["reason"], data["target"])
            said = _("“%(title)s” is hidden; a second person is asked to agree or to restore it.")
            if data["kind"] != TakedownKind.HIDDEN:
                said = _("A second person is asked to agree to taking down “%(title)s”.")
            messages.warning(self.request, said % title)
