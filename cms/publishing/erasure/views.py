"""The screen on which a page or file is deleted or purged by two people, and the list of what was."""

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
from cms.media.uses import files_shown_by
from cms.publishing.takedown.actions import open_takedown

from . import actions
from .forms import ErasureForm, RefuseForm
from .models import MODELS, Erasure, ErasureKind


class ErasureView(WagtailAdminTemplateMixin, TemplateView):
    """Shows what is proposed, and offers what this person may do about it."""

    template_name = "erasure/erasure.html"
    page_title = gettext_lazy("Delete or purge")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not actions.may_propose(request.user):
            raise PermissionDenied
        if self.kwargs["what"] not in MODELS:
            raise Http404
        if self.instance is None and not actions.is_remembered(self.kwargs["what"], self.kwargs["pk"]):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def instance(self) -> Any:
        """The page (as its type) or file in question."""
        model = MODELS.get(self.kwargs["what"])
        found = (
            model and model.objects.filter(pk=self.kwargs["pk"], **({"depth__gt": 1} if model is Page else {})).first()
        )
        return found.specific if isinstance(found, Page) else found

    @cached_property
    def erasure(self) -> Any:
        """What is proposed, or None."""
        return actions.open_erasure(self.kwargs["what"], self.kwargs["pk"])

    @property
    def kinds(self) -> Any:
        """What can be proposed: deletion of live pages, purge of everything."""
        can_be_deleted = isinstance(self.instance, Page) and self.instance.live
        return [ErasureKind.DELETE, ErasureKind.PURGE] if can_be_deleted else [ErasureKind.PURGE]

    @property
    def may_agree(self) -> bool:
        """Whether this is a second person."""
        user = self.request.user
        return self.erasure is not None and actions.may_decide(user) and user.pk != self.erasure.proposed_by_id

    @property
    def may_refuse(self) -> bool:
        """Whether this person may refuse, or take their own proposal back."""
        return self.may_agree or (self.erasure is not None and self.request.user.pk == self.erasure.proposed_by_id)

    def get_page_subtitle(self) -> str:
        return actions.name_of(self.kwargs["what"], self.kwargs["pk"], self.instance)

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("erasures"), "label": ErasuresView.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ErasureForm(kinds=self.kinds, prefix="erasure"))
        kwargs.setdefault("refuse_form", RefuseForm(prefix="refuse"))
        images, documents = files_shown_by(self.instance) if isinstance(self.instance, Page) else ((), ())
        return super().get_context_data(
            erasure=self.erasure,
            is_page=isinstance(self.instance, Page),
            is_gone=getattr(self.instance, "purged_at", None),
            may_agree=self.may_agree,
            may_refuse=self.may_refuse,
            others=actions.deciders(self.erasure) if self.erasure is not None else [],
            hidden=self.hidden(),
            shown_by=[]
            if self.instance is None or isinstance(self.instance, Page)
            else actions.pages_that_show(self.instance),
            files=[
                (what, file)
                for what, ids in (("image", images), ("document", documents))
                for file in MODELS[what].objects.filter(pk__in=ids)
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = "form"
        form: Any = ErasureForm(request.POST, kinds=self.kinds, prefix="erasure")
        if "agree" in request.POST:
            form = None
        elif "refuse" in request.POST:
            name, form = "refuse_form", RefuseForm(request.POST, prefix="refuse")
        if form is None or form.is_valid():
            try:
                return self.carry_out(name, form and form.cleaned_data)
            except ValidationError as error:
                if form is None:
                    for message in error.messages:
                        messages.error(request, message)
                    return redirect(request.path)
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(**{name: form}), status=422)

    def carry_out(self, name: str, data: Any) -> Any:
        """Do what was asked for, say so, and return where to go."""
        user, path = self.request.user, self.request.path
        if name == "form" and data is not None:
            actions.propose(self.kwargs["what"], self.kwargs["pk"], data["kind"], user, data["reason"])
            messages.warning(self.request, _("Proposed. A second person decides, and has a mail about it."))
            if self.hidden():
                messages.warning(self.request, _("Until then the pages that show it are hidden from readers."))
            return redirect(path)
        # The decision is on what this person has seen.
        if self.erasure is None or self.request.POST.get("erasure") != str(self.erasure.pk):
            messages.error(self.request, _("Meanwhile something else was proposed or decided: look at it again."))
            return redirect(path)
        if data is None:
            actions.agree(self.erasure, user)
            messages.success(self.request, _("Done: nobody can bring it back."))
            return redirect("erasures")
        actions.refuse(self.erasure, user, data["reason"])
        messages.success(self.request, _("Refused: it stays."))
        if self.hidden():
            messages.warning(self.request, _("It is still hidden from readers: a second person restores it."))
        return redirect(path)

    def hidden(self) -> Any:
        """Return the pages in question that readers don't see now."""
        pages = [] if self.instance is None else actions.pages_that_show(self.instance)
        return [page for page in pages if getattr(open_takedown(page), "is_off", False)]


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
        erasures = Erasure.objects.select_related("proposed_by", "decided_by").order_by("-pk")[:200]
        words = normalise(self.request.GET.get("q", "")).strip()
        files = [
            (what, file)
            for what, model in MODELS.items()
            if words and model is not Page
            for file in model.objects.filter(title__icontains=words, purged_at=None).order_by("-pk")[:50]
        ]
        return super().get_context_data(erasures=erasures, words=words, files=files, **kwargs)
