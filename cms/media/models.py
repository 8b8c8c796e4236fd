"""Images, their renditions and documents, and which public content shows them."""

import hashlib
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField
from wagtail.models import Page
from wagtail.search import index

from .pdf import read_pdf
from .secrecy import marking_in


def sha256_of(file) -> str:
    """The hexadecimal SHA-256 of an open file; its position is put back to the start."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


_fixed: list[Callable] = []


def register_fixed(function: Callable) -> None:
    """Registers `function(file) -> bool`, which says what else keeps a file from being changed or deleted."""
    _fixed.append(function)


# Sent with `file` when a stored file got other bytes.
file_replaced = Signal()


class Fingerprinted(models.Model):
    """A file with its digest, which can't change while something published or in review shows it.

    A replacement is a new file that goes through review; the address of a reviewed file always gives the reviewed bytes.
    """

    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    # Purged: the row and the digest stay, so that what refers to the file holds; bytes, title and text are gone.
    purged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def is_fixed(self) -> bool:
        """Whether people have approved this file, or are asked to: then neither its bytes nor its title change."""
        from .uses import is_shown

        return self.purged_at is not None or is_shown(self) or any(function(self) for function in _fixed)

    def save(self, *args, **kwargs):
        if self.pk and self._differs("title") and self.is_fixed():
            raise ValidationError({"title": FILE_IN_USE})
        if self.file and self._has_new_file():
            if self.pk and self.is_fixed():
                raise ValidationError({"file": FILE_IN_USE})
            self.refuse_secrets()
            with self.open_file() as file:
                self.read_file(file)
            self.refuse_purged()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {field.name for field in self._meta.concrete_fields} - {"id"}
            replaced = self.pk is not None
        else:
            replaced = False
        super().save(*args, **kwargs)
        if replaced:
            file_replaced.send(sender=type(self), file=self)

    def refuse_secrets(self):
        """Raises ValidationError for a file that carries a secrecy marking, and keeps nothing of it."""
        with self.open_file() as file:
            marking = marking_in(file, self.file.name.rsplit(".", 1)[-1])
        if marking:
            self._refuse(SECRET_FILE % {"marking": marking})

    def refuse_purged(self):
        """Raises ValidationError for bytes that were purged before."""
        if was_purged(self.sha256):
            self._refuse(PURGED_FILE)

    def _refuse(self, message):
        if self.file._committed and not self.pk:
            self.file.delete(save=False)
        raise ValidationError({"file": message})

    def _has_new_file(self):
        return not self.pk or not self.file._committed or self._differs("file")

    def _differs(self, name):
        stored = type(self).objects.filter(pk=self.pk).values_list(name, flat=True).first()
        return stored is not None and stored != str(getattr(self, name))

    def read_file(self, file):
        """Derives what is stored about the bytes."""
        self.sha256 = sha256_of(file)

    def delete(self, *args, **kwargs):
        if self.is_fixed():
            raise models.ProtectedError(str(FILE_IN_USE), {self})
        return super().delete(*args, **kwargs)


def was_purged(sha256) -> bool:
    """Whether a file with this digest was purged."""
    return any(model.objects.filter(purged_at__isnull=False, sha256=sha256).exists() for model in FILE_MODELS)


PURGED_FILE = _("This file was purged from here before. It must not be here, and nothing of it was stored.")
SECRET_FILE = _("This file is marked “%(marking)s”. It must not be here, and nothing of it was stored.")
FILE_IN_USE = _(
    "A page that is published or in review shows this file, so it can't be renamed, replaced or deleted. Upload a new file instead."
)


class CustomImage(Fingerprinted, AbstractImage):
    """An image. Alternative text, caption and credit belong to each use, so that they are reviewed with it."""

    # Wagtail allows 100 characters; Vietnamese file names get longer when written in ASCII.
    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to="original_images",
        width_field="width",
        height_field="height",
        max_length=255,
    )

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    """A derived size of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]


class CustomDocument(Fingerprinted, AbstractDocument):
    """A file to download, with what can be read out of it."""

    file = models.FileField(upload_to="documents", verbose_name=_("file"), max_length=255)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    extracted_text = models.TextField(_("extracted text"), blank=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("extracted_text")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def read_file(self, file):
        super().read_file(file)
        self.file_size = file.size
        self.pages, self.extracted_text = read_pdf(file) if self.file_extension.lower() == "pdf" else (None, "")


FILE_MODELS = (CustomImage, CustomDocument)


class MediaUse(models.Model):
    """One live page shows one image or document. Written with each publication (`cms.media.uses`)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="media_uses")
    image = models.ForeignKey(CustomImage, null=True, on_delete=models.PROTECT, related_name="uses")
    document = models.ForeignKey(CustomDocument, null=True, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image__isnull=False) ^ models.Q(document__isnull=False),
                name="media_use_of_one_file",
            ),
            models.UniqueConstraint(fields=("page", "image"), name="media_use_image"),
            models.UniqueConstraint(fields=("page", "document"), name="media_use_document"),
        ]

    def __str__(self):
        return f"{self.page_id} → {self.image or self.document}"
