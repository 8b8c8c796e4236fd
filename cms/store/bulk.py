"""Storing many new pages at once, for what fills a site: an import, content for measurements.

Whoever calls it holds the projector's lease for as long as it takes, and makes sure that nothing else touches the
pages meanwhile: there are no events of them.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from cms.pages.public import default_site, one_view_of_public

from .dependencies import write_touched
from .models import Change, ChangeLogKind
from .projector import append, locked_head, snapshot
from .restore import tell_processes
from .version import projection_version
from .worked_out import project_each
from .writing import Altered, write, write_counts


def store_pages(page_ids: Iterable[int], turn: AbstractContextManager[Any]) -> None:
    """Store the public ones among these pages, which the store does not know, with a row of the log for each. `turn` is
    held while they are written.

    What they show (files, tags) is looked at by `cms.store.checking.check_collections` when all pages are there.
    """
    version, site, altered = projection_version(), default_site(), Altered()
    root = site.root_page.url_path if site is not None else "/"
    with snapshot(), one_view_of_public(), translation.override(settings.LANGUAGE_CODE):
        made, failed = project_each(page_ids, root)
    if failed:
        raise ValueError(f"No form could be made of the pages {sorted(failed)}; the log says why.")
    rows = [
        Change(at=timezone.now(), kind=ChangeLogKind.PUBLISHED, type=one.type, key=one.key, gone=False, path=one.path)
        for one in made.values()
    ]
    with turn, transaction.atomic():
        head = locked_head()
        write(made.values(), version, altered, {})
        head.generation += 1
        append(head, rows, altered.items)
        write_counts(altered)
        write_touched(head.generation, altered.touched)
    tell_processes(head)
