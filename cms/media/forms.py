"""The admin's forms for files: a file that is public can't be replaced."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.common.text import normalise

from .models import FILE_IN_USE


class PublicFileMixin:
    """Refuses another file for one that public content shows, with a message at the field."""

    def clean(self):
        cleaned_data = super().clean()
        if "file" in self.changed_data and self.instance.pk and self.instance.is_in_public_use():
            self.add_error("file", FILE_IN_USE)
        return cleaned_data

    def clean_title(self):
        return normalise(self.cleaned_data["title"]).strip()


class ImageForm(PublicFileMixin, BaseImageForm):
    """Images in the admin."""


class DocumentForm(PublicFileMixin, BaseDocumentForm):
    """Documents in the admin."""
