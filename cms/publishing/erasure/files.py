"""Erasing a file: its bytes and those of its renditions, its title and text.

The row and the digest stay for what refers to it.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry
from wagtail.search.index import insert_or_update_object

from cms.media.models import FILE_MODELS, with_the_bytes_of
from cms.publishing.pipeline import is_erased
from cms.publishing.record.redaction import about_file, numbers_of


def erase(file: Any) -> tuple[list[tuple[type, int]], list[str], list[int]]:
    """Erase `file` and every other with the same bytes.

    Return these files (model, id), the paths in storage that have to go when this is committed, and the entries of the
    record whose words have to go.
    """
    same = [found for model in FILE_MODELS for found in with_the_bytes_of(file, model).filter(purged_at=None)]
    paths = [path for each in same for path in _erase_one(each)]
    about = Q()
    for each in same:
        about |= about_file(type(each), each.pk)
    return [(type(each), each.pk) for each in same], paths, numbers_of(about)


def _erase_one(file):
    is_erased(file, purge=True)
    paths = [file.file.name]
    if hasattr(file, "renditions"):
        paths += [rendition.file.name for rendition in file.renditions.all()]
        file.renditions.all().delete()
    _erase_tags(file)
    nothing = {
        "title": capfirst(_("purged")),
        # A name under which nothing is stored.
        "file": f"purged/{file.pk}",
        "file_hash": "",
        "purged_at": timezone.now(),
    }
    for name, value in (("description", ""), ("extracted_text", ""), ("pages", None), ("file_size", None)):
        if name in {field.name for field in file._meta.concrete_fields}:
            nothing[name] = value
    # By the queryset: the model refuses changes of a file that is in use.
    type(file).objects.filter(pk=file.pk).update(**nothing)
    insert_or_update_object(type(file).objects.get(pk=file.pk))
    content_type = ContentType.objects.get_for_model(file)
    ModelLogEntry.objects.filter(content_type=content_type, object_id=str(file.pk)).delete()
    return paths


def _erase_tags(file) -> None:
    tags = list(file.tags.all())
    file.tags.clear()
    for tag in tags:
        if not file.tags.through.objects.filter(tag=tag).exists():
            tag.delete()
