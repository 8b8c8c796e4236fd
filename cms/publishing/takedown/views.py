"""The screen on which a page is hidden, proposed to be taken down, and restored."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.pages.permissions import may_read
from cms.pages.views import PageScreenMixin

from . import actions, permissions
from .forms import RestoreForm, TakedownForm
from .models import TakedownKind


class TakedownView(PageScreenMixin, TemplateView):
    """Shows what is in effect, leads to what waits for a second person, and offers what this person may do."""

    template_name = "takedown/takedown.html"
    page_title = gettext_lazy("Take down")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        readable = may_read(self.page, request.user)
        if (
            not readable
            or not permissions.may_be_taken_down(self.page)
            or not (permissions.may_propose(request.user) or permissions.may_decide(request.user))
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Nothing is begun here any more: what waits is decided on its own screen.
        if self.proposal is not None and not self.kinds:
            return redirect("proposal", self.proposal.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def takedown(self) -> Any:
        """What is in effect, or None."""
        return actions.in_effect(self.page)

    @cached_property
    def proposal(self) -> Any:
        """What waits for a second person, or None."""
        return actions.waiting(self.page)

    @property
    def kinds(self) -> list[str]:
        """The kinds that this person may choose now."""
        hiding: list[str] = [TakedownKind.HIDDEN] if permissions.may_decide(self.request.user) else []
        if self.takedown is not None and self.takedown.is_off:
            return []
        if self.takedown is not None or self.proposal is not None or not self.page.live:
            return hiding
        return [kind for kind in TakedownKind.values if kind != TakedownKind.HIDDEN or hiding]

    @property
    def may_restore(self) -> bool:
        """Whether this person may restore what two people have taken down."""
        decided = self.takedown is not None and not self.takedown.proposal.is_open
        return decided and actions.may_restore(self.takedown, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", TakedownForm(kinds=self.kinds, prefix="takedown"))
        kwargs.setdefault("restore_form", RestoreForm(prefix="restore"))
        return super().get_context_data(
            takedown=self.takedown,
            proposal=self.proposal,
            may_begin=bool(self.kinds),
            may_restore=self.may_restore,
            others=permissions.deciders(self.takedown.proposal) if self.takedown is not None else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name, form = "form", TakedownForm(request.POST, kinds=self.kinds, prefix="takedown")
        if "restore" in request.POST:
            name, form = "restore_form", RestoreForm(request.POST, prefix="restore")
        if form.is_valid():
            try:
                return self.carry_out(name, form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def carry_out(self, name: str, data: Any) -> Any:
        """Do what was asked for, say so, and return where to go."""
        user, title = self.request.user, {"title": self.get_page_subtitle()}
        if name == "restore_form":
            actions.restore(self.page, user, data["reason"])
            messages.success(self.request, _("“%(title)s” is as it was before.") % title)
            return redirect(self.request.path)
        proposal = actions.take_down(self.page, user, data["kind"], data["reason"], data["target"])
        said = _("“%(title)s” is hidden; a second person is asked to agree or to restore it.")
        if data["kind"] != TakedownKind.HIDDEN:
            said = _("A second person is asked to agree to taking down “%(title)s”.")
        messages.warning(self.request, said % title)
        return redirect("proposal", proposal.pk)
