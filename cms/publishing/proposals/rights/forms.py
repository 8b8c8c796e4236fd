"""The admin's forms of accounts, with what needs a second person held back."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.accounts.forms import UserCreationForm as PlainCreationForm
from cms.accounts.forms import UserEditForm as PlainEditForm

from .asking import needs_second_person, waits
from .factors import has_factor
from .trust import deciding_groups


class SecondPersonMixin(forms.Form):
    """Holds back what a second person has to confirm: `asked` has it once the form is saved."""

    reason = forms.CharField(
        label=_("Reason, for the second person"),
        required=False,
        max_length=1000,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "Rights to review, approve or administer, and passwords and addresses of those who have them, are "
            "confirmed by another person"
        ),
    )
    asked: dict[str, Any]

    def hold_back(self, stored: Any) -> None:
        """Take what needs a second person out of what is about to be saved; `stored` is the account as it is, or None
        for a new one.
        """
        data = self.cleaned_data
        chosen = {group.pk for group in data.get("groups") or ()}
        if stored is None:
            # A new account holds nothing yet, so only its roles are asked for, once it is there.
            self.asked_groups = set(deciding_groups().filter(pk__in=chosen).values_list("pk", flat=True))
            data["groups"] = Group.objects.filter(pk__in=chosen - self.asked_groups)
            return
        before = set(stored.groups.values_list("pk", flat=True))
        self.asked = needs_second_person(
            stored,
            groups=chosen - before,
            reopens=not stored.is_active and bool(data.get("is_active")),
            email=data.get("email"),
            password=data.get("password1") or "",
            factor=bool(data.get("take_factor_away")),
        )
        if "groups" in self.asked:
            data["groups"] = Group.objects.filter(pk__in=chosen - set(self.asked["groups"][1]))
        if "email" in self.asked:
            self.instance.email = stored.email
        if "is_active" in self.asked:
            self.instance.is_active = False
        if "password" in self.asked:
            data["password1"] = data["password2"] = ""


class UserCreationForm(SecondPersonMixin, PlainCreationForm):
    """Adds an account; roles that decide are given by two people."""

    field_order = [*PlainCreationForm.field_order, "reason"]

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is not None:
            raise PermissionDenied
        self.hold_back(None)
        return super().save(commit)


class UserEditForm(SecondPersonMixin, PlainEditForm):
    """Changes an account. One's own address and password are changed under "Account", where the password is asked."""

    take_factor_away = forms.BooleanField(
        label=_("Take the second factor away"),
        required=False,
        help_text=_("Where the person has lost it: they log in with the password, and add a new one"),
    )
    field_order = [*PlainEditForm.field_order, "take_factor_away", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self or not has_factor(self.instance):
            del self.fields["take_factor_away"]
        if editing_self:
            for name in ("email", "password1", "password2"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Change your own under “Account”.")

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if self.instance.pk and waits(self.instance) is not None:
            self.add_error(None, _("A change of this account waits for a second person: have that decided first."))
        return cleaned_data

    def save(self, commit: bool = True) -> Any:
        self.hold_back(get_user_model().objects.get(pk=self.instance.pk))
        return super().save(commit)
