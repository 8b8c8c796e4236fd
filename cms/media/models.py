"""Images, their renditions and documents, and which public content shows them."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField
from wagtail.models import Page
from wagtail.search import index

from cms.pages.publication import road

from .kept_readings import reading_of, refusal, sha256_of, to_store
from .renditions import FILTERS, SignatureField, files_of_sizes, store_sizes

_fixed: list[Callable] = []


def register_fixed(function: Callable) -> None:
    """Register `function(file) -> bool`, which says what keeps a file from being changed or deleted."""
    _fixed.append(function)


class Fingerprinted(models.Model):
    """A file with its digest, which can't change while something published or in review shows it.

    A replacement is a new file that goes through review; the address of a reviewed file always gives the reviewed
    bytes.
    """

    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    # Purged: the row and the digest stay, so that what refers to the file holds; bytes, title and text are gone.
    purged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def is_fixed(self) -> bool:
        """Return whether people have approved this file, or are asked to: then neither its bytes nor its title
        change.
        """
        if not _fixed:
            raise ImproperlyConfigured("cms.media must be installed: nothing says which files are shown.")
        return self.purged_at is not None or any(function(self) for function in _fixed)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and self._differs("title") and self.is_fixed():
            raise ValidationError({"title": FILE_IN_USE})
        if self.file and self._has_new_file():
            if self.pk and self.is_fixed():
                raise ValidationError({"file": FILE_IN_USE})
            self.take_file()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {field.name for field in self._meta.concrete_fields} - {"id"}
            replaced = self.pk is not None
        else:
            replaced = False
        super().save(*args, **kwargs)
        if replaced:
            road().file_is_replaced(self)

    def take_file(self) -> None:
        """Read the new file and derive what is stored about it.

        Raise ValidationError for one that is not taken; nothing of it is kept.
        """
        with self.open_file() as file:
            reading = reading_of(file)
        message = refusal(reading, self._meta.model_name.removeprefix("custom"))
        if message:
            self._refuse(message)
        if was_purged(reading.sha256) or was_purged(reading.uploaded_sha256):
            self._refuse(PURGED_FILE)
        self.sha256 = reading.sha256
        self.follow_reading(reading)

    def follow_reading(self, reading: Any) -> None:
        """Derive what only this kind of file has."""

    def _refuse(self, message, field: str = "file") -> None:
        if self.file._committed and not self.pk:
            self.file.delete(save=False)
        raise ValidationError({field: message})

    def _has_new_file(self):
        return not self.pk or not self.file._committed or self._differs("file")

    def _differs(self, name: str):
        stored = type(self).objects.filter(pk=self.pk).values_list(name, flat=True).first()
        return stored is not None and stored != str(getattr(self, name))

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if self.is_fixed():
            raise models.ProtectedError(str(FILE_IN_USE), {self})
        return super().delete(*args, **kwargs)


def with_the_bytes_of(file: Any, model: type[models.Model]) -> models.QuerySet:
    """Return the files of `model` that are, or were made of, the same bytes as `file`."""
    return _of_digests(model, file.sha256, getattr(file, "uploaded_sha256", ""))


def was_purged(sha256: str) -> bool:
    """Return whether a file with this digest, or one made of it, was purged."""
    return any(_of_digests(model, sha256).filter(purged_at__isnull=False).exists() for model in FILE_MODELS)


def _of_digests(model: type[models.Model], *digests: str) -> models.QuerySet:
    known = [digest for digest in digests if digest]
    found = models.Q(sha256__in=known)
    if model is CustomImage:
        found |= models.Q(uploaded_sha256__in=known)
    return model.objects.filter(found)


PURGED_FILE = _("This file was purged from here before. It must not be here, and nothing of it was stored.")
UNREAD_FILE = _(
    "The text of this file can't be read here (a scan, an old format, an encrypted or very large file). Read it "
    "yourself, and declare that nothing in it is a state secret."
)
FILE_IN_USE = _(
    "A page that is published or in review shows this file, so it can't be renamed, replaced or deleted. Upload a new "
    "file instead."
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

    # Of the bytes that were uploaded, where the stored ones are scaled: a purge knows both.
    uploaded_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and make the sizes for readers of a new picture, so that no publication waits for them."""
        is_new = bool(self.file) and self._has_new_file()
        super().save(*args, **kwargs)
        if is_new:
            self.renditions.all().delete()
            self.make_sizes()

    def make_sizes(self) -> None:
        """Store the sizes for readers that came out when the picture was read."""
        with self.open_file() as file:
            store_sizes(self, reading_of(file).sizes)

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> Any:  # noqa: A002 - Wagtail's name
        """Make the sizes for readers as those of an upload are, whoever asks for one: Wagtail would keep in a JPEG what
        the camera wrote into the original.
        """
        if filter.spec in FILTERS:
            with self.open_file() as file:
                made = files_of_sizes(self, reading_of(file).sizes)
            if filter.spec in made:
                return made[filter.spec]
        return super().generate_rendition_file(filter, source=source)

    def follow_reading(self, reading: Any) -> None:
        self.uploaded_sha256 = reading.uploaded_sha256
        with self.open_file() as file:
            stored = to_store(file, reading)
        if stored is None:
            return
        came = self.file
        self.file = stored
        self.sha256, self.uploaded_sha256 = sha256_of(stored), reading.sha256
        self._set_image_file_metadata()
        if came._committed:
            came.storage.delete(came.name)


class Rendition(AbstractRendition):
    """A derived size of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")
    signature = SignatureField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]


def document_path(document: Any, name: str) -> str:
    """Return where a document is stored: a file system takes 255 bytes of a name, and a letter of Vietnamese has up to
    three.
    """
    path = PurePath(name)
    suffix = path.suffix[:20]
    stem = path.stem.encode()[:NAME_BYTES].decode(errors="ignore")
    return f"documents/{stem or 'tep'}{suffix}"


NAME_BYTES = 150


class CustomDocument(Fingerprinted, AbstractDocument):
    """A file to download, with what can be read out of it."""

    file = models.FileField(upload_to=document_path, verbose_name=_("file"), max_length=255)
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    extracted_text = models.TextField(_("extracted text"), blank=True, editable=False)
    # Whether its text could be read; else somebody has declared that nothing in these bytes is secret.
    is_read = models.BooleanField(default=True, editable=False)
    declared_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    declared_at = models.DateTimeField(null=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("extracted_text")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        # Wagtail looks at the name of the file, which the uploader gives only after its form was cleaned (seen in
        # Wagtail 8.0.1).
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell of a file that somebody answers for."""
        is_new = bool(self.file) and self._has_new_file()
        super().save(*args, **kwargs)
        if is_new and self.declared_by_id:
            road().file_is_declared(self)

    def follow_reading(self, reading: Any) -> None:
        self.file_size = self.file.size
        self.pages, self.extracted_text, self.is_read = reading.pages, reading.text, reading.is_read
        if self.is_read:
            self.declared_by, self.declared_at, self.declared_sha256 = None, None, ""
        elif self.declared_sha256 != self.sha256:
            self._refuse(UNREAD_FILE, "nothing_secret")

    def declare_nothing_secret(self, user: Any) -> None:
        """Note that `user` answers for this very file, whose text can't be read by a program."""
        with self.open_file() as file:
            self.declared_sha256 = sha256_of(file)
        self.declared_by, self.declared_at = user, timezone.now()


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
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of a file")

    def __str__(self) -> str:
        return f"{self.page_id} → {self.image or self.document}"
