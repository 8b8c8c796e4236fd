"""Wagtail's screens of configuration, which propose what readers would see."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views as redirects
from wagtail.contrib.settings import views as settings
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
    """Let the screens propose; those of settings and redirects have no setting for that (seen in Wagtail 8.0.1)."""
    for view in (ProposingCreateView, ProposingEditView, settings.EditView, redirects.CreateView, redirects.EditView):
        let_propose(view)
    let_propose_deletion(redirects.DeleteView)
    redirects.RedirectForm = ImportedRedirectForm
