"""What is typed to log in, within the limits of `limits.py`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import ReauthenticateForm as PlainReauthenticateForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from .limits import Attempt, TooSoon, take_once
from .signals import login_failed

# Whoever knows the password has not got further with the code: the two are counted apart.
CODE = "code\0"


@contextmanager
def limited(request: Any, name: str, how: str) -> Iterator[None]:
    """Count what is tried inside, which raises ValidationError where it is wrong. Raise ValidationError where nobody
    may try yet.
    """
    attempt = Attempt.of(request, name)
    try:
        count = attempt.begin()
    except TooSoon as error:
        raise too_soon(error.seconds) from error
    try:
        yield
    except forms.ValidationError:
        user = get_user_model().objects.filter(username=name.removeprefix(CODE)).first()
        login_failed.send(sender=Attempt, user=user, address=attempt.address, how=how)
        attempt.failed(count, user)
        raise
    attempt.succeeded()


def too_soon(seconds: int) -> forms.ValidationError:
    """Return the message for who has to wait."""
    minutes = -(-seconds // 60)
    if seconds <= 60:
        text = ngettext(
            "Too many attempts. Try again in %(n)s second.", "Too many attempts. Try again in %(n)s seconds.", seconds
        )
        return forms.ValidationError(text % {"n": seconds}, code="too_soon")
    text = ngettext(
        "Too many attempts. Try again in %(n)s minute.", "Too many attempts. Try again in %(n)s minutes.", minutes
    )
    return forms.ValidationError(text % {"n": minutes}, code="too_soon")


class LoginForm(WagtailLoginForm):
    """Wagtail's, with the label that it leaves to the name of the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")

    def clean(self) -> Any:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        with limited(self.request, name, "password"):
            return super().clean()


class PasswordAgainForm(PlainReauthenticateForm):
    """Asks for the password before a second factor is changed."""

    def clean_password(self) -> str:
        with limited(context.request, self.user.get_username(), "password"):
            return super().clean_password()


def refuse_used(name: str, code: str) -> None:
    """Raise ValidationError for a code that was taken already, however it is written."""
    if not take_once(name, normalize_user_code(code)):
        raise get_adapter().validation_error("incorrect_code")


class CodeMixin(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    user: Any

    def clean_code(self) -> str:
        """Raise ValidationError for a wrong code, for one that comes too soon, and for one that was used."""
        name = self.user.get_username()
        with limited(context.request, f"{CODE}{name}", "code"):
            code = super().clean_code()
            refuse_used(name, code)
            return code


class CodeForm(CodeMixin, AuthenticateForm):
    """The second step of logging in."""


class CodeAgainForm(CodeMixin, ReauthenticateForm):
    """Asks for a code before a second factor is changed."""


class AddAppForm(ActivateTOTPForm):
    """Adds an authenticator app; the code that shows that it is there lets nobody in afterwards."""

    def clean_code(self) -> str:
        """Raise ValidationError for a wrong code."""
        code = super().clean_code()
        refuse_used(self.user.get_username(), code)
        return code


@contextmanager
def _minding() -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class PasskeyMixin(forms.Form):
    """What a browser says of a passkey; allauth minds most of what no browser says (seen in 65.22)."""

    def clean_credential(self) -> Any:
        """Raise ValidationError for what is nothing of a passkey."""
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        with _minding():
            return super().clean_credential() if hasattr(super(), "clean_credential") else credential

    def clean(self) -> Any:
        with _minding():
            return super().clean()


class PasskeyForm(PasskeyMixin, AuthenticateWebAuthnForm):
    """The second step of logging in, by a passkey."""


class PasskeyAgainForm(PasskeyMixin, ReauthenticateWebAuthnForm):
    """Asks for a passkey before a second factor is changed."""


class AddPasskeyForm(PasskeyMixin, AddWebAuthnForm):
    """Adds a passkey, with the label that allauth leaves to the name of the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
