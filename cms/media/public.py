"""Which files are public: those that something public shows."""

from typing import Any

from django.db.models import Q

from cms.pages.public import public_pages

from .models import CustomDocument, CustomImage, MediaUse

# Querysets of files that are public without a page, such as the emblem of the site.
_always_public = []


def register_public_images(function: Any) -> None:
    """Register `function() -> queryset of image ids` that are public whatever the pages show."""
    _always_public.append(function)


def public_images() -> Any:
    """Return the images that public content shows."""
    shown = Q(pk__in=MediaUse.objects.filter(page__in=public_pages()).values("image"))
    for function in _always_public:
        shown |= Q(pk__in=function())
    return CustomImage.objects.filter(shown, purged_at=None)


def public_documents() -> Any:
    """Return the documents that public content shows."""
    shown = MediaUse.objects.filter(page__in=public_pages()).values("document")
    return CustomDocument.objects.filter(pk__in=shown, purged_at=None)


def is_public_file(file: Any) -> bool:
    """Return whether `file`, an image or a document, is public now."""
    queryset = public_images() if isinstance(file, CustomImage) else public_documents()
    return queryset.filter(pk=file.pk).exists()
