"""The pages about the portal that its settings hold: contact, access to information, accessibility."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from .context import address_of, page_context
from .views import friendly


@friendly
def contact(request: HttpRequest) -> Any:
    """Return who runs the portal, who answers for it, and how to reach them."""
    context = page_context(request, title=_("Contact"), canonical=address_of("site_contact"))
    return render(request, "site/contact.html", {**context, "text": context["site"]["contact"]})


@friendly
def information_access(request: HttpRequest) -> Any:
    """Return how readers ask for what is not on the portal."""
    return text_of_settings(request, "information_access", _("Access to information"))


@friendly
def accessibility(request: HttpRequest) -> Any:
    """Return what the portal does for people with disabilities."""
    return text_of_settings(request, "accessibility", _("Accessibility statement"))


def text_of_settings(request: HttpRequest, name: str, title: str) -> Any:
    """Return a page with one text of the settings; 404 where the office has written none."""
    context = page_context(request, title=title, canonical=address_of(f"site_{name}"))
    text = context["site"][name]
    if not text:
        raise Http404
    return render(request, "site/about.html", {**context, "text": text})
