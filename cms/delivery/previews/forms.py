"""The form of a preview link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .links import MAX_DAYS


class LinkForm(forms.Form):
    """For whom, and for how long."""

    name = forms.CharField(label=_("For whom"), max_length=100)
    days = forms.IntegerField(label=_("Valid for days"), min_value=1, max_value=MAX_DAYS, initial=7)
