"""The forms of taking down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminPageChooser
from wagtail.models import Page

from .models import TakedownKind


class TakedownForm(forms.Form):
    """How, why, and what takes its place."""

    kind = forms.ChoiceField(label=_("How it is taken down"), choices=TakedownKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=AdminAutoHeightTextInput,
        help_text=_("Readers see it, except while a page is only hidden"),
    )
    target = forms.ModelChoiceField(
        label=_("Page that takes its place"), queryset=Page.objects.all(), required=False, widget=AdminPageChooser
    )

    def __init__(self, *args: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(value, label) for value, label in TakedownKind.choices if value in kinds]


class RestoreForm(forms.Form):
    """Why it is restored."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=AdminAutoHeightTextInput)
