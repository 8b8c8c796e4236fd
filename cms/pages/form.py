"""The editor's form of every page type."""

import json
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .autosave import keep_what_holds, what_is_incomplete
from .change_notes import changes_something, check_change
from .editing import editing


def submission_panel() -> Any:
    """Return what the editor declares with each submission; page types put it last."""
    return MultiFieldPanel(
        [FieldPanel("nothing_secret"), FieldPanel("urgent_reason")], heading=_("Before it is submitted")
    )


class PortalPageForm(WagtailAdminPageForm):
    """The editor's form: text is stored in NFC, and the slug may be left to us."""

    # Not stored with the page: it is declared anew for each submission, and the record keeps it.
    nothing_secret = forms.BooleanField(
        label=_("Nothing in this page and its files is a state secret"),
        help_text=_(
            "You answer for this: no content marked Mật, Tối mật, Tuyệt mật or Lưu hành nội bộ is published here."
        ),
        error_messages={"required": _("Declare this before you submit.")},
    )
    urgent_reason = forms.CharField(
        label=_("Urgent, because"),
        required=False,
        max_length=500,
        help_text=_("Only where it can't wait: it goes straight to the last step, and the others review it afterwards"),
    )

    # See `cms.pages.creation`.
    creation_token = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The fields of which what was sent makes no sense.
        self.garbled = set()
        # What an autosave could not store: name of the input, label and message of each.
        self.not_kept = []
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["creation_token"]
        elif editing().creates is not None:
            self.instance.translation_key = editing().creates
        self.instance.slug_parent = self.parent_page
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Part of the address. Left empty, it is made from the title.")
        if changes_something(self.instance) and not self.instance.has_unpublished_changes:
            # What was said of the last change says nothing of the next one.
            for name in {"change_kind", "change_note"} & self.fields.keys():
                self.initial[name] = ""

    def is_valid(self) -> bool:
        return super().is_valid() or (editing().autosaves and keep_what_holds(self))

    def get_field_updates_for_resave(self) -> Any:
        """As Wagtail's, with what an autosave could not keep, for the editor's script."""
        report = self.not_kept + what_is_incomplete(self)
        return [*super().get_field_updates_for_resave(), ("autosave_report", json.dumps(report))]

    def _widget_data_value(self, widget, html_name):
        """As Django's; a field of which only a part has arrived, or which names what can't be, keeps what is stored."""
        try:
            return super()._widget_data_value(widget, html_name)
        except (LookupError, ValueError, TypeError, OverflowError):
            name = next(name for name in self.fields if self.add_prefix(name) == html_name)
            self.garbled.add(name)
            return self.get_initial_for_field(self.fields[name], name)

    def clean(self) -> Any:
        cleaned_data = super().clean()
        for name in self.garbled:
            self.add_error(
                name, _("Only a part of this field has arrived, so it stands as it was stored. Change it anew.")
            )
        if changes_something(self.instance) and not self.is_deferred_validation and "change_kind" in self.fields:
            try:
                check_change(cleaned_data.get("change_kind"), cleaned_data.get("change_note") or "")
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned_data
