"""The screen on which a deletion or purge is proposed, and the list of what was."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.core.text import normalise
from cms.publishing.proposals.models import Proposal

from . import actions, checks
from .contents import files_of
from .forms import ErasureForm
from .kinds import hidden_with
from .models import MODELS, ErasureKind


class ErasureView(WagtailAdminTemplateMixin, TemplateView):
    """Offers what can be proposed; what is proposed already is decided on the screen of the proposal."""

    template_name = "erasure/erasure.html"
    page_title = gettext_lazy("Delete or purge")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not actions.may_propose(request.user):
            raise PermissionDenied
        if self.kwargs["what"] not in MODELS:
            raise Http404
        if self.instance is None and not checks.is_remembered(self.kwargs["what"], self.kwargs["pk"]):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        proposal = actions.waiting(self.kwargs["what"], self.kwargs["pk"])
        if proposal is not None:
            return redirect("proposal", proposal.pk)
        return super().get(request, *args, **kwargs)

    @cached_property
    def instance(self) -> Any:
        """The page (as its type) or file in question."""
        found = checks.instance_of(self.kwargs["what"], self.kwargs["pk"])
        return None if isinstance(found, Page) and found.depth == 1 else found

    @property
    def kinds(self) -> Any:
        """What can be proposed: deletion of live pages, purge of everything."""
        can_be_deleted = isinstance(self.instance, Page) and self.instance.live
        return [ErasureKind.DELETE, ErasureKind.PURGE] if can_be_deleted else [ErasureKind.PURGE]

    def get_page_subtitle(self) -> str:
        return checks.name_of(self.kwargs["what"], self.kwargs["pk"], self.instance)

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("erasures"), "label": ErasuresView.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ErasureForm(kinds=self.kinds, prefix="erasure"))
        is_page = isinstance(self.instance, Page)
        return super().get_context_data(
            is_page=is_page,
            is_gone=getattr(self.instance, "purged_at", None),
            details={
                "shown_by": [] if self.instance is None or is_page else checks.pages_that_show(self.instance),
                "files": files_of(self.instance) if is_page else [],
            },
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = ErasureForm(request.POST, kinds=self.kinds, prefix="erasure")
        if form.is_valid():
            try:
                return self.propose(form.cleaned_data["kind"], form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def propose(self, kind: str, reason: str) -> Any:
        """Propose it, say so, and return where to go."""
        proposal = actions.propose(self.kwargs["what"], self.kwargs["pk"], kind, self.request.user, reason)
        messages.warning(self.request, _("Proposed. A second person decides, and has a mail about it."))
        if hidden_with(proposal):
            messages.warning(self.request, _("Until then the pages that show it are hidden from readers."))
        return redirect("proposal", proposal.pk)


class ErasuresView(WagtailAdminTemplateMixin, TemplateView):
    """What is proposed and what was deleted or purged, newest first."""

    template_name = "erasure/erasures.html"
    page_title = gettext_lazy("Deletions and purges")
    header_icon = "bin"

    def get_breadcrumbs_items(self) -> list[Any]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not actions.may_propose(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposals = Proposal.objects.filter(kind__in=ErasureKind.values).select_related("proposed_by", "decided_by")
        words = normalise(self.request.GET.get("q", "")).strip()
        files = [
            (what, file)
            for what, model in MODELS.items()
            if words and model is not Page
            for file in model.objects.filter(title__icontains=words, purged_at=None).order_by("-pk")[:50]
        ]
        rows = [(proposal, ErasureKind(proposal.kind).label) for proposal in proposals.order_by("-pk")[:200]]
        return super().get_context_data(rows=rows, words=words, files=files, **kwargs)
