"""Which files pages show: of live pages written down when they are published, of pages in review found when asked."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from cms.pages.relied_on import relied_on_revisions

from .models import CustomDocument, CustomImage, MediaUse
from .public import is_always_public
from .renditions import make_renditions


def files_shown_by(instance: Any) -> tuple[set[int], set[int]]:
    """Return the ids of the images and of the documents that the fields, blocks and rich text of `instance` refer to.

    Wagtail's own extraction finds them, so a new block or field needs nothing here. It has no public
    name, because the index that it fills also follows drafts.
    """
    found = {CustomImage: set(), CustomDocument: set()}
    for content_type_id, object_id, *_ in ReferenceIndex._extract_references_from_object(instance):
        for model, ids in found.items():
            if content_type_id == ReferenceIndex._get_base_content_type(model).pk:
                ids.add(int(object_id))
    return (
        set(CustomImage.objects.filter(pk__in=found[CustomImage]).values_list("pk", flat=True)),
        set(CustomDocument.objects.filter(pk__in=found[CustomDocument]).values_list("pk", flat=True)),
    )


def files_of(page: Page) -> dict[str, dict[str, str]]:
    """Return the digests of the files that `page` (stored or not) shows: by kind, then by id."""
    images, documents = files_shown_by(page)
    return {
        kind: {
            str(pk): sha256
            for pk, sha256 in model.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "sha256")
        }
        for kind, model, ids in (("images", CustomImage, images), ("documents", CustomDocument, documents))
    }


def unread_documents(page: Page) -> list[CustomDocument]:
    """Return the documents that `page` (stored or not) shows and whose text no program could read, so that somebody
    answers for them.
    """
    _images, documents = files_shown_by(page)
    unread = CustomDocument.objects.filter(pk__in=documents, is_read=False)
    return list(unread.select_related("declared_by").order_by("title", "pk"))


def is_shown(file: Any) -> bool:
    """Return whether a live page (private or not), the site itself, or a revision that is in review or scheduled shows
    `file`.
    """
    return file.uses.exists() or is_always_public(file) or is_in_review(file)


def is_in_review(file: Any) -> bool:
    """Return whether a revision that people are asked to approve, or have approved for a later time, shows `file`."""
    position = 0 if isinstance(file, CustomImage) else 1
    return any(file.pk in files_shown_by(revision.as_object())[position] for revision in relied_on_revisions())


@transaction.atomic
def update_uses(page: Page) -> None:
    """Write the files that the live content of `page` shows, and drop those that it shows no longer."""
    images, documents = files_shown_by(page) if page.live else (set(), set())
    MediaUse.objects.filter(page_id=page.pk).delete()
    MediaUse.objects.bulk_create(
        [MediaUse(page_id=page.pk, image_id=pk) for pk in sorted(images)]
        + [MediaUse(page_id=page.pk, document_id=pk) for pk in sorted(documents)]
    )
    make_renditions(CustomImage.objects.filter(pk__in=images))
