"""Wagtail's screens of configuration, which propose what readers would see."""

from wagtail.contrib.redirects import views as redirects
from wagtail.contrib.settings import views as settings
from wagtail.snippets.views.snippets import CreateView, EditView

from .asking import let_propose


class ProposingCreateView(CreateView):
    """Adds an entry of the register, or proposes it."""


class ProposingEditView(EditView):
    """Changes an entry of the register, or proposes it."""


def put_in_place() -> None:
    """Let the screens propose; those of settings and redirects have no setting for that (seen in Wagtail 8.0.1)."""
    for view in (ProposingCreateView, ProposingEditView, settings.EditView, redirects.CreateView, redirects.EditView):
        let_propose(view)
