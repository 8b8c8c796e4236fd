"""What a session in the admin has to be: with a second factor where the account needs one, and in use."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .needed import needs_factor

_SEEN, _HAS_FACTOR = "seen_at", "has_factor"
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
# Seconds for which a use of the session is not written down again.
_COARSE = 60


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
        match = request.resolver_match
        now, seen = timezone.now().timestamp(), request.session.get(_SEEN)
        if seen is not None and now - seen > settings.SESSION_IDLE_MINUTES * 60:
            logout(request)
            # Wagtail's own decorators answer as they do to anybody who is not logged in.
            return None
        by_itself = match is not None and _BY_ITSELF in match.namespaces
        if seen is None or (now - seen > _COARSE and not by_itself):
            request.session[_SEEN] = now
        return self._without_factor(request, match.view_name if match is not None else "")

    def _without_factor(self, request: HttpRequest, name: str) -> Any:
        if not settings.REQUIRE_SECOND_FACTOR or request.session.get(_HAS_FACTOR) or name in _FOR_ADDING:
            return None
        if is_mfa_enabled(request.user):
            # Taking the last one away ends all sessions, or is refused.
            request.session[_HAS_FACTOR] = True
            return None
        if not needs_factor(request.user):
            return None
        messages.warning(request, _("Your role needs a second factor: add one to go on."))
        return redirect("mfa_index")
