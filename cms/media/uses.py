"""Which files pages show; those of live pages are written down when they are published."""

from typing import Any

from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from .models import CustomDocument, CustomImage, MediaUse
from .public import is_always_public
from .renditions import make_renditions


def files_shown_by(instance: Any) -> tuple[set[int], set[int]]:
    """Return the ids of the images and of the documents that the fields, blocks and rich text of `instance` refer to.

    Wagtail's own extraction finds them, so a new block or field needs nothing here. It has no public
    name, because the index that it fills also follows drafts.
    """
    images, documents = _ids_shown_by(instance)
    return (
        set(CustomImage.objects.filter(pk__in=images).values_list("pk", flat=True)) if images else set(),
        set(CustomDocument.objects.filter(pk__in=documents).values_list("pk", flat=True)) if documents else set(),
    )


def _ids_shown_by(instance: Any) -> tuple[set[int], set[int]]:
    """Return what `files_shown_by` does, with the ids of files that are gone."""
    found: dict[type[Model], set[int]] = {CustomImage: set(), CustomDocument: set()}
    for content_type_id, object_id, *_ in ReferenceIndex._extract_references_from_object(instance):
        for model, ids in found.items():
            if content_type_id == ReferenceIndex._get_base_content_type(model).pk:
                ids.add(int(object_id))
    return found[CustomImage], found[CustomDocument]


# The digests of the files that a page shows: by kind ("images", "documents"), then by id.
Files = dict[str, dict[str, str]]


def files_of(page: Page) -> Files:
    """Return the digests of the files that `page` (stored or not) shows."""
    return {
        kind: {
            str(pk): sha256
            for pk, sha256 in model.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "sha256")
        }
        if ids
        else {}
        for kind, model, ids in zip(
            ("images", "documents"), (CustomImage, CustomDocument), _ids_shown_by(page), strict=True
        )
    }


def unread_documents(page: Page) -> list[CustomDocument]:
    """Return the documents that `page` (stored or not) shows and whose text no program could read, so that somebody
    answers for them.
    """
    _images, documents = files_shown_by(page)
    unread = CustomDocument.objects.filter(pk__in=documents, is_read=False)
    return list(unread.select_related("declared_by").order_by("title", "pk"))


def is_shown(file: Any) -> bool:
    """Return whether a live page (private or not) or the site itself shows `file`."""
    return file.uses.exists() or is_always_public(file)


def write_uses(page: Page, files: Files) -> None:
    """Write the files that the live content of `page` shows, and drop those that it shows no longer."""
    drop_uses(page)
    uses = [MediaUse(page_id=page.pk, image_id=int(pk)) for pk in files["images"]]
    uses += [MediaUse(page_id=page.pk, document_id=int(pk)) for pk in files["documents"]]
    if uses:
        MediaUse.objects.bulk_create(uses, batch_size=200)
    if files["images"]:
        make_renditions(CustomImage.objects.filter(pk__in=files["images"].keys()))


def drop_uses(page: Page) -> None:
    """Drop the files of a page that is not live any more."""
    MediaUse.objects.filter(page_id=page.pk).delete()
