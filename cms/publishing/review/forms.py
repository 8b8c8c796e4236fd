"""What a reviewer says with a decision."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

# As browsers send `datetime-local` (https://html.spec.whatwg.org/#local-date-and-time-state-(type=datetime-local)).
LOCAL = "%Y-%m-%dT%H:%M"


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


class PublicationTimeForm(forms.Form):
    """When approved content is to be published.

    `expires_at` is when it goes off line again, None for never; what `is_held` by a bundle has no time of its own.
    """

    go_live_at = forms.DateTimeField(
        label=_("To be published at"),
        required=False,
        # The browser's own: Wagtail's calendar is wider than a phone and covers its field there.
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        help_text=_("Left empty: at once, when it is approved"),
    )

    # The time that the decision named when it was taken.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, expires_at: Any = None, is_held: bool = False, **kwargs: Any) -> None:
        self.expires_at = expires_at
        self.is_held = is_held
        super().__init__(*args, **kwargs)

    def clean_go_live_at(self) -> Any:
        """Raise ValidationError for a time that is over, or after the page has gone off line again."""
        moment = self.cleaned_data["go_live_at"]
        if moment is not None and self.is_held:
            raise forms.ValidationError(_("It is published with its bundle: leave this empty."))
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(_("This time is over."))
        if moment is not None and self.expires_at is not None and moment >= self.expires_at:
            raise forms.ValidationError(_("By then it would be off line again."))
        return moment
