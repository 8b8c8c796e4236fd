"""The forms of deleting and purging."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .models import ErasureKind


class ErasureForm(forms.Form):
    """What is to be done, and why."""

    kind = forms.ChoiceField(label=_("What is to be done"), choices=ErasureKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "It stays in the record, so it must not say what is to be purged. Readers see why a page was deleted."
        ),
    )

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(value, label) for value, label in ErasureKind.choices if value in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
