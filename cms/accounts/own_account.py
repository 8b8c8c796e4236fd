"""One's own name and address, under "Account"."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import account

from cms.core.mail import send_to_on_commit

from .forms import OneAddressMixin
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
        if "email" in self.changed_data and not self.instance.check_password(cleaned_data.get("current_password")):
            raise ValidationError({"current_password": _("Your current password is needed to change the address.")})
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


class OwnAccountPanel(account.BaseSettingsPanel):
    """In the place of Wagtail's, which asks for a first and a last name."""

    name = "name_email"
    title = gettext_lazy("Name and address")
    order = 100
    form_class = OwnAccountForm


def put_in_place() -> None:
    """Let Wagtail's view take this panel; it has no setting for that (seen in Wagtail 8.0.1)."""
    account.NameEmailSettingsPanel = OwnAccountPanel
