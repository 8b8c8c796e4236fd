"""The admin's forms for users."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms as wagtail_forms

from .models import User


class OneAddressMixin(forms.Form):
    """An address belongs to one account."""

    def clean_email(self) -> str:
        """Raise ValidationError for the address of another account, closed ones included."""
        email = self.cleaned_data["email"]
        other = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).first()
        if other is not None:
            if other.is_active:
                message = _("The account %(name)s has this address.")
            else:
                message = _("The closed account %(name)s has this address: open that one again.")
            raise forms.ValidationError(message % {"name": other.username})
        return email


class NameMixin(OneAddressMixin):
    """One field for the name, and position and unit; the flag that only a superuser may give is left out."""

    first_name = None
    last_name = None
    is_superuser = None
    full_name = forms.CharField(label=_("Full name"), max_length=50)
    position = forms.CharField(label=_("Position"), max_length=100, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=200, required=False)

    field_order = [
        "username",
        "full_name",
        "position",
        "unit",
        "email",
        "password1",
        "password2",
        "groups",
        "is_active",
    ]


class UserCreationForm(NameMixin, wagtail_forms.UserCreationForm):
    """Adds a user."""

    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = {"username", "email", "full_name", "position", "unit", "groups"}


class UserEditForm(NameMixin, wagtail_forms.UserEditForm):
    """Changes a user; nobody changes their own groups or flags."""

    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = {"username", "email", "full_name", "position", "unit", "groups", "is_active"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Not handed on: the parent would delete a field that this form does not have.
        editing_self = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            for name in ("is_active", "groups"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Nobody changes their own role: ask another administrator.")
