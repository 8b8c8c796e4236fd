"""The screens for logging in and for second factors: Wagtail's and allauth's, where they need something besides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.middleware import AccountMiddleware
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.account import LoginView as WagtailLoginView

_allauth = AccountMiddleware(lambda request: None)


def answering(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view of allauth answer where it raises that the password is needed again: its middleware does not see what
    is raised inside of ours, which run the view.
    """

    @wraps(view)
    def answered(request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as error:
            return _allauth.process_exception(request, error)

    return answered


class LoginView(WagtailLoginView):
    """Asks for name and password; whoever has a second factor is asked for that next, and is in only then."""

    def form_valid(self, form: Any) -> Any:
        remember = form.cleaned_data.get("remember")
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
        login = Login(user=form.get_user(), redirect_url=self.get_success_url())
        return perform_password_login(self.request, {"username": form.cleaned_data["username"]}, login)


class RemovePasskeyView(RemoveWebAuthnView):
    """Removes a passkey, unless it is the last factor of somebody who needs one."""

    def form_valid(self, form: Any) -> Any:
        # Two requests that remove one each wait for each other.
        get_user_model().objects.select_for_update().get(pk=self.request.user.pk)
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)
