"""The admin's forms for files: what is not taken is said at the field, and what people have approved does not
change.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.core.text import normalise

from .kept_readings import reading_of, refusal, to_store
from .models import FILE_IN_USE, PURGED_FILE, UNREAD_FILE, was_purged
from .preparation import waiting_upload


class FixedFileMixin:
    """Refuses another file or title for one that is published or in review."""

    # What is uploaded: `image` or `document`.
    wanted = "document"

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if "file" not in self.fields and (upload := waiting_upload()) is not None:
            # Read again: meanwhile the same bytes may have been purged.
            try:
                read_upload(upload.file, self.wanted)
            except forms.ValidationError as error:
                self.add_error(None, error)
        changed = [name for name in ("file", "title") if name in self.changed_data]
        if changed and self.instance.pk and self.instance.is_fixed():
            for name in changed:
                self.add_error(name, FILE_IN_USE)
        return cleaned_data

    def clean_title(self) -> Any:
        return normalise(self.cleaned_data["title"]).strip()


def read_upload(file: Any, wanted: Any) -> Any:
    """Return the reading of an uploaded file. Raise ValidationError for one that is not taken."""
    reading = reading_of(file)
    message = refusal(reading, wanted)
    if message:
        raise forms.ValidationError(message)
    if was_purged(reading.sha256):
        raise forms.ValidationError(PURGED_FILE)
    return reading


class PictureField(WagtailImageField):
    """Wagtail's field, which opens a picture in this process only after another one has read it, and takes the scaled
    one.
    """

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return super().to_python(data)
        self.check_image_file_size(data)
        return super().to_python(to_store(data, read_upload(data, "image")) or data)


class ImageForm(FixedFileMixin, BaseImageForm):
    """Images in the admin."""

    wanted = "image"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            stock = self.fields["file"]
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            # Wagtail has deleted all renditions, those of the new picture too.
            image.make_sizes()
        return image


class DocumentForm(FixedFileMixin, BaseDocumentForm):
    """Documents in the admin."""

    nothing_secret = forms.BooleanField(
        label=_("I have read this file, and nothing in it is a state secret"),
        help_text=_("Needed only for a file whose text can't be read here. Reviewers see your name with it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = kwargs.get("user")
        if self.instance.pk and "file" not in self.fields:
            del self.fields["nothing_secret"]

    # Whether the text of the uploaded file could be read.
    is_read = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            self.is_read = read_upload(file, "document").is_read
        return file

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if self._needs_declaration() and not cleaned_data.get("nothing_secret"):
            self.add_error("nothing_secret", UNREAD_FILE)
        return cleaned_data

    def _needs_declaration(self):
        if "file" in self.fields:
            return "file" in self.changed_data and not self.is_read
        upload = waiting_upload()
        return upload is not None and not reading_of(upload.file).is_read

    def save(self, commit: bool = True) -> Any:
        if self._needs_declaration() and self.cleaned_data.get("nothing_secret"):
            self.instance.declare_nothing_secret(self.user)
        return super().save(commit=commit)
