"""One's own name and address, under "Account"."""

from typing import Any
from weakref import WeakKeyDictionary

from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views import account

from cms.core.mail import send_to_on_commit

from .forms import OneAddressMixin
from .login.forms import limited
from .models import User


class OwnAccountForm(OneAddressMixin, forms.ModelForm):
    """The name, and the address: whoever reads its mail can set the password, so the password is asked."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))
    current_password = forms.CharField(
        label=gettext_lazy("Current password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=gettext_lazy("Only to change the address"),
    )

    class Meta:
        model = User
        fields = ["full_name", "email"]

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if "email" in self.changed_data:
            try:
                with limited(context.request, self.instance.get_username(), "password"):
                    if not self.instance.check_password(cleaned_data.get("current_password")):
                        raise ValidationError(_("Your current password is needed to change the address."))
            except ValidationError as error:
                raise ValidationError({"current_password": error.messages}) from error
        return cleaned_data

    def save(self, commit: bool = True) -> Any:
        if "email" in self.changed_data:
            addresses = [self.initial["email"], self.cleaned_data["email"]]
            body = _(
                "The address of your account %(username)s was %(old)s and is now %(new)s.\n\nIf that was not you, tell "
                "your administrator at once.\n"
            )
            words = {"username": self.instance.username, "old": addresses[0], "new": addresses[1]}
            send_to_on_commit(_("The address of your account has changed"), body % words, addresses)
        return super().save(commit)


_forms: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


class OneFormMixin:
    """One form for each request: Wagtail makes another one to show, which compares with what the first has put into the
    user, finds nothing wrong, and counts the password a second time (seen in Wagtail 8.0.1).
    """

    name: str
    request: Any

    def get_form(self) -> Any:
        forms = _forms.setdefault(self.request, {})
        if self.name not in forms:
            forms[self.name] = super().get_form()  # type: ignore[misc]
        return forms[self.name]


class OwnAccountPanel(OneFormMixin, account.BaseSettingsPanel):
    """In the place of Wagtail's, which asks for a first and a last name."""

    name = "name_email"
    title = gettext_lazy("Name and address")
    order = 100
    form_class = OwnAccountForm


class OwnPasswordForm(PasswordChangeForm):
    """Wagtail's: a session that somebody left open is no place to guess the password."""

    def clean_old_password(self) -> Any:
        """Raise ValidationError for a wrong password, and for one that comes too soon."""
        with limited(context.request, self.user.get_username(), "password"):
            return super().clean_old_password()


class OwnPasswordPanel(OneFormMixin, account.ChangePasswordPanel):
    """Wagtail's, with the form above."""

    form_class = OwnPasswordForm


def put_in_place() -> None:
    """Let Wagtail's view take these; it has no setting for that (seen in Wagtail 8.0.1)."""
    account.NameEmailSettingsPanel = OwnAccountPanel
    account.ChangePasswordPanel = OwnPasswordPanel
