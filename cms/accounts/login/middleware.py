"""What a session in the admin has to be: with a second factor where the account needs one, and in use."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .sessions import FactorState, factor_state, is_idle, note_use

# Screens that one without a second factor may see: to add one, and to leave.
_FOR_ADDING = {
    "account_login",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
# What the editor asks for by itself as long as it is open.
_BY_ITSELF = "wagtailadmin_editing_sessions"


class SessionsMiddleware:
    """Ends sessions that nobody has used for `SESSION_IDLE_MINUTES`, and leads who needs a second factor to where they
    add one, before anything else.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    @cached_property
    def prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        """Return where to go instead, or None."""
        if not request.path.startswith(self.prefix) or not request.user.is_authenticated:
            return None
        state = factor_state(request)
        if is_idle(request) or state is FactorState.NOT_USED:
            logout(request)
            # Wagtail's own decorators answer as they do to anybody who is not logged in.
            return None
        match = request.resolver_match
        if match is None or _BY_ITSELF not in match.namespaces:
            note_use(request)
        if state is FactorState.NEEDED and (match is None or match.view_name not in _FOR_ADDING):
            messages.warning(request, _("Your role needs a second factor: add one to go on."))
            return redirect("mfa_index")
        return None
