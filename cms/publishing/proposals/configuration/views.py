"""Wagtail's screens of configuration, which propose what readers would see."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views as redirects
from wagtail.contrib.settings import views as settings
from wagtail.sites import views as sites
from wagtail.snippets.views.snippets import CreateView, EditView

from cms.core.links import is_own_path
from cms.pages.redirect_form import RedirectForm

from .asking import let_propose, let_propose_deletion


class ProposingCreateView(CreateView):
    """Adds an entry of the register, or proposes it."""


class ProposingEditView(EditView):
    """Changes an entry of the register, or proposes it."""


class ImportedRedirectForm(RedirectForm):
    """A line of a file: redirects to other sites are not brought in by an import."""

    def clean_redirect_link(self) -> Any:
        """Raise ValidationError for a link to another site."""
        link = super().clean_redirect_link()
        if link and not is_own_path(link):
            raise ValidationError(_("A redirect to another site is proposed on its own: a second person decides."))
        return link


def put_in_place() -> None:
    """Let the screens propose; those of settings, redirects and sites have no setting for it (Wagtail 8.0.1)."""
    for view in (ProposingCreateView, ProposingEditView, settings.EditView):
        let_propose(view)
    for module in (redirects, sites):
        let_propose(module.CreateView)
        let_propose(module.EditView)
        let_propose_deletion(module.DeleteView)
    redirects.RedirectForm = ImportedRedirectForm
