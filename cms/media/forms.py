"""The admin's forms for files: one that people have approved, or are asked to, does not change."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.common.text import normalise

from .models import FILE_IN_USE, PURGED_FILE, SECRET_FILE, sha256_of, was_purged
from .secrecy import marking_in


class FixedFileMixin:
    """Refuses another file or title for one that is published or in review, with a message at the field."""

    def clean(self):
        cleaned_data = super().clean()
        file = cleaned_data.get("file")
        marking = marking_in(file, file.name.rsplit(".", 1)[-1]) if file and "file" in self.changed_data else None
        if marking:
            self.add_error("file", SECRET_FILE % {"marking": marking})
        elif file and "file" in self.changed_data and was_purged(sha256_of(file)):
            self.add_error("file", PURGED_FILE)
        changed = [name for name in ("file", "title") if name in self.changed_data]
        if changed and self.instance.pk and self.instance.is_fixed():
            for name in changed:
                self.add_error(name, FILE_IN_USE)
        return cleaned_data

    def clean_title(self):
        return normalise(self.cleaned_data["title"]).strip()


class ImageForm(FixedFileMixin, BaseImageForm):
    """Images in the admin."""


class DocumentForm(FixedFileMixin, BaseDocumentForm):
    """Documents in the admin."""
