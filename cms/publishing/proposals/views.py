"""The list of what waits for a second person, and the screen on which a proposal is decided. Plain forms, so that it
works on a phone.
"""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from . import actions
from .kinds import kind_of
from .models import Proposal
from .waiting import waiting_for

# What one has proposed oneself is shown so far back.
SHOWN = 50


class RefusalForm(forms.Form):
    """Why a proposal is refused or taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=AdminAutoHeightTextInput)


class ProposalsView(WagtailAdminTemplateMixin, TemplateView):
    """What this person may decide, and where stands what they proposed."""

    template_name = "proposals/list.html"
    page_title = gettext_lazy("Waiting for a second person")
    header_icon = "warning"

    def get_breadcrumbs_items(self) -> list[Any]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Proposal.objects.filter(proposed_by=self.request.user).select_related("decided_by").order_by("-pk")
        return super().get_context_data(
            waiting=waiting_for(self.request.user),
            own=[{"proposal": one, "label": kind_of(one).label} for one in own[:SHOWN]],
            **kwargs,
        )


class ProposalView(WagtailAdminTemplateMixin, TemplateView):
    """One proposal, and its decision."""

    template_name = "proposals/proposal.html"
    page_title = gettext_lazy("Proposal")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        own = request.user.pk == self.proposal.proposed_by_id
        if not own and not kind_of(self.proposal).may_look(self.proposal, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def proposal(self) -> Proposal:
        """The proposal; 404 where there is none."""
        found = Proposal.objects.select_related("proposed_by", "decided_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.proposal.subject

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("proposals"), "label": ProposalsView.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, kind, user = self.proposal, kind_of(self.proposal), self.request.user
        kwargs.setdefault("refusal_form", RefusalForm())
        may_decide = proposal.is_open and actions.may_decide(proposal, user)
        if may_decide:
            kwargs.setdefault("form", kind.form(proposal))
        return super().get_context_data(
            proposal=proposal,
            kind=kind,
            lines=kind.lines(proposal),
            consequence=kind.consequence(proposal) if proposal.is_open else "",
            address=kind.address(proposal),
            details=kind.details(proposal) if kind.details_template else {},
            may_decide=may_decide,
            may_refuse=proposal.is_open and actions.may_refuse(proposal, user),
            others=kind.deciders(proposal) if proposal.is_open else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        agrees = "agree" in request.POST
        name, form = "refusal_form", RefusalForm(request.POST)
        if agrees:
            name, form = "form", kind_of(self.proposal).form(self.proposal, request.POST)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(**{name: form}), status=422)
        try:
            # What fails after the first write takes all of it back.
            with transaction.atomic():
                self.decide(agrees, form.cleaned_data if form is not None else {})
        except ValidationError as error:
            if form is not None:
                form.add_error(None, error.messages)
                return self.render_to_response(self.get_context_data(**{name: form}), status=422)
            for message in error.messages:
                messages.error(request, message)
            return redirect(request.path)
        except (ObjectDoesNotExist, IntegrityError, ProtectedError):
            messages.error(request, _("Meanwhile it was changed: refuse this and propose it anew."))
            return redirect(request.path)
        except PermissionDenied as error:
            messages.error(request, str(error) or _("This can't be decided here and now."))
            return redirect(request.path)
        return redirect("proposals")

    def decide(self, agrees: bool, chosen: dict[str, Any]) -> None:
        """Agree as `chosen`, or refuse for the reason in it, and say so."""
        kind = kind_of(self.proposal)
        if agrees:
            actions.agree(self.proposal, self.request.user, **chosen)
            messages.success(self.request, kind.done_message(self.proposal))
        else:
            actions.refuse(self.proposal, self.request.user, chosen["reason"])
            messages.success(self.request, kind.undone_message(self.proposal))
