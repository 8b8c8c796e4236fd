"""Changes of what is public and no page: files, the register, the site, redirects.

They are few, so all are compared.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from .models import Change, ChangeLogKind, PublicObject
from .registry import collections

logger = logging.getLogger(__name__)


def collection_changes() -> list[Change]:
    """Return what differs from what was told, with the books brought up to date. The rows are not numbered yet."""
    found = []
    with translation.override(settings.LANGUAGE_CODE):
        for name, stamps in collections().items():
            try:
                with transaction.atomic():
                    found += _changes_of(name, stamps())
            except Exception:
                # Whatever is wrong with one of them, the others are told; it is looked at again the next time.
                logger.exception("the changes of %s could not be worked out", name)
    return found


def _changes_of(name: str, now: dict[str, str]) -> list[Change]:
    told = dict(PublicObject.objects.filter(type=name).values_list("key", "digest"))
    added, removed = now.keys() - told.keys(), told.keys() - now.keys()
    changed = {key for key in now.keys() & told.keys() if now[key] != told[key]}
    PublicObject.objects.filter(type=name, key__in=removed).delete()
    PublicObject.objects.bulk_create(
        [PublicObject(type=name, key=key, digest=now[key]) for key in sorted(added)], batch_size=500
    )
    for key in changed:
        PublicObject.objects.filter(type=name, key=key).update(digest=now[key])
    at = timezone.now()
    return [
        Change(at=at, kind=kind, type=name, key=key, gone=kind == ChangeLogKind.REMOVED)
        for kind, keys in (
            (ChangeLogKind.ADDED, added),
            (ChangeLogKind.CHANGED, changed),
            (ChangeLogKind.REMOVED, removed),
        )
        for key in sorted(keys)
    ]
