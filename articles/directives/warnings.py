"""What the editor of a document is warned of."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from .document_types import agrees
from .duplicates import clashes, elsewhere, exact_duplicates
from .models import DirectivePage


def look_at(page: Page) -> Any:
    """Return the button that opens the other document; its title may be the same."""
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Open it"), new_window=True)


# What a document may lack, and seldom does.
LACKING = [("directive_files", gettext_lazy("no file")), ("signers", gettext_lazy("no signer"))]


def warn_of_doubts(request: HttpRequest, page: Page) -> None:
    """Warn of what may be a mistake in a document, and may be right: the editor decides.

    Not at each autosave, which shows no message and would pile them up for the next page.
    """
    if not isinstance(page, DirectivePage) or not request.accepts("text/html"):
        return
    for other in exact_duplicates(page):
        messages.warning(
            request,
            _("The register has this document already: %(title)s. It can't be submitted twice.") % {"title": other},
            buttons=[look_at(other)],
        )
    for other in clashes(page):
        messages.warning(
            request,
            _("There is another document with this number and issuer, of another date: %(title)s. Is the date right?")
            % {"title": other},
            buttons=[look_at(other)],
        )
    for other in elsewhere(page):
        messages.warning(
            request,
            _("There is another document with this number and date, of another issuer: %(title)s. Is the issuer right?")
            % {"title": other},
            buttons=[look_at(other)],
        )
    lacking = [words for relation, words in LACKING if not getattr(page, relation).exists()]
    if lacking:
        messages.warning(request, _("The document has %(what)s yet.") % {"what": ", ".join(map(str, lacking))})
    if not agrees(page.document_type, page.family, page.symbol):
        messages.warning(
            request,
            _("The symbol %(symbol)s is unusual for this type of document. Is the type right?")
            % {"symbol": page.symbol},
        )
