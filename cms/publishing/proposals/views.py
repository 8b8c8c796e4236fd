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

from cms.pages.dashboard import waits_for_second_person

from . import actions
from .kinds import kind_of
from .models import Proposal

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
            waiting=waits_for_second_person(self.request.user),
            own=[{"proposal": one, "label": kind_of(one).label} for one in own[:SHOWN]],
            **kwargs,
        )


class ProposalView(WagtailAdminTemplateMixin, TemplateView):
    """One proposal, and its decision."""

    template_name = "proposals/proposal.html"
    page_title = gettext_lazy("Proposal")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.pk != self.proposal.proposed_by_id and not kind_of(self.proposal).may_decide(
            self.proposal, request.user
        ):
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
        return super().get_context_data(
            proposal=proposal,
            label=kind.label,
            lines=kind.lines(proposal),
            consequence=kind.consequence(proposal) if proposal.is_open else "",
            may_decide=may_decide,
            may_refuse=may_decide or (proposal.is_open and user.pk == proposal.proposed_by_id),
            others=kind.deciders(proposal) if proposal.is_open else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            if "agree" in request.POST:
                with transaction.atomic():
                    actions.agree(self.proposal, request.user)
                messages.success(request, _("Confirmed and done: “%(title)s”.") % {"title": self.proposal.subject})
                return redirect("proposals")
            form = RefusalForm(request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(refusal_form=form), status=422)
            actions.refuse(self.proposal, request.user, form.cleaned_data["reason"])
            messages.success(request, _("“%(title)s” stays as it is.") % {"title": self.proposal.subject})
        except ValidationError as error:
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
