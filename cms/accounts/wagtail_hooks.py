"""One's own account in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("register_account_menu_item")
def register_factors(request: HttpRequest) -> dict[str, Any]:
    """Return the way to the second factor."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("An app or a passkey beside your password"),
    }


@hooks.register("register_account_menu_item")
def register_sessions(request: HttpRequest) -> dict[str, Any]:
    """Return the way to the sessions."""
    return {
        "url": reverse("usersessions_list"),
        "label": _("Where you are logged in"),
        "help_text": _("End the sessions that you have left open elsewhere"),
    }
