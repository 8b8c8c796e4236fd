"""What a reviewer says with a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput


class ApproveForm(forms.Form):
    """A comment, if there is one."""

    comment = forms.CharField(label=_("Remark"), required=False, max_length=2000, widget=AdminAutoHeightTextInput)


class ReturnForm(forms.Form):
    """The reason for which content is returned; without one its author would be left to guess."""

    comment = forms.CharField(
        label=_("Return reason"),
        max_length=2000,
        widget=AdminAutoHeightTextInput,
        error_messages={"required": _("Say why you return it: its author reads this.")},
    )
