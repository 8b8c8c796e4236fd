"""Storing pages of bulk content: all the rows that drafting, approving and publishing each would have left, at once."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from cms.media.models import CustomDocument, CustomImage, MediaUse
from cms.publishing.record.chain import seal
from cms.publishing.record.digest import content_digest
from cms.publishing.record.models import RecordEntry, RecordKind, UnsealedEntry
from cms.store.bulk import store_pages

from .pages import Portion, model_of, moment_of
from .stock import papers

REASON = "Nội dung tạo hàng loạt để đo"
_FILES: tuple[tuple[str, Any], ...] = (("images", CustomImage), ("documents", CustomDocument))


def store(portion: Portion, first_step: dict[str, int], turn: AbstractContextManager[Any]) -> int:
    """Make and store a portion, and return of how many pages. `first_step` is the first free place below each section;
    `turn` is held while something is written.
    """
    with turn, transaction.atomic():
        portion.papers = papers(portion.titles_of_papers())
    pages = [portion.page(number) for number in portion.numbers]
    of_kind: dict[str, list[Any]] = defaultdict(list)
    for number, page in zip(portion.numbers, pages, strict=True):
        kind = portion.kinds[number]
        of_kind[kind].append(page)
        _place(page, portion.id_of(number), portion.stock.sections[kind], first_step[kind] + number)
        _publish(page, moment_of(page, number))
    children = _number_children(pages, portion.child_ids)
    contents = [page.serializable_data() for page in pages]
    references = [_references(page) for page in pages]
    files = _files(portion, references)
    entries = _entries(pages, contents, files)
    rows: list[tuple[type[Model], list[Any]]] = [
        (Revision, _revisions(pages, contents)),
        *((model, found) for model, found in children.items()),
        *((model, _many_to_many(field, found)) for model, field, found in _fields_of(children)),
        (ReferenceIndex, _reference_rows(pages, references)),
        (MediaUse, _uses(pages, files)),
        (RecordEntry, entries),
    ]
    with turn, transaction.atomic():
        _insert_pages(pages)
        for model, found in rows:
            model._default_manager.bulk_create(found, batch_size=500)
        # Numbered by the database just now.
        UnsealedEntry.objects.bulk_create([UnsealedEntry(entry=entry) for entry in entries], batch_size=500)
        for kind, found in of_kind.items():
            get_search_backend().add_bulk(model_of(kind), found)
        # Last, and by all processes in one order: nobody waits in a circle, or for long.
        for kind, found in sorted(of_kind.items()):
            Page.objects.filter(pk=portion.stock.sections[kind].pk).update(numchild=F("numchild") + len(found))
        transaction.on_commit(seal)
    store_pages((page.pk for page in pages), turn)
    return len(pages)


def _place(page: Any, pk: int, section: Any, step: int) -> None:
    page.pk = page.id = page.page_ptr_id = pk
    page.path, page.depth = Page._get_path(section.path, section.depth + 1, step), section.depth + 1
    page.set_url_path(section)
    page.content_type, page.locale_id = ContentType.objects.get_for_model(type(page)), section.locale_id
    page.draft_title = page.title


def _publish(page: Any, moment: datetime.datetime) -> None:
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = moment
    # A page has one revision, of its own number.
    page.live_revision_id = page.latest_revision_id = page.pk


def _references(page: Any) -> list[tuple[int, str, str, str]]:
    """Return what Wagtail's index notes of a page; the extraction has no public name."""
    return sorted(set(ReferenceIndex._extract_references_from_object(page)))


def _files(portion: Portion, references: list[Any]) -> list[dict[str, dict[str, str]]]:
    """Return the digests of the files that each page shows, as the record has them."""
    known = {
        "images": {str(one.pk): one.sha256 for one in portion.stock.pictures},
        "documents": {str(one.pk): one.sha256 for one in portion.papers.values()},
    }
    kinds = {ContentType.objects.get_for_model(model).pk: kind for kind, model in _FILES}
    return [
        {
            kind: {pk: known[kind][pk] for pk in sorted({pk for to, pk, *_ in found if kinds.get(to) == kind}, key=int)}
            for kind, _model in _FILES
        }
        for found in references
    ]


def _insert_pages(pages: list[Any]) -> None:
    fields = Page._meta.local_concrete_fields
    Page.objects.bulk_create(
        [Page(**{field.attname: getattr(page, field.attname) for field in fields}) for page in pages], batch_size=200
    )
    # Django's bulk_create refuses models that inherit a table: the rows of their own one go in as it would put them.
    for model, of_model in _by_model(pages).items():
        model._base_manager.get_queryset()._batched_insert(of_model, model._meta.local_concrete_fields, 200)


def _number_children(pages: list[Any], first_ids: dict[type[Model], int]) -> dict[type[Model], list[Any]]:
    """Give what hangs on pages its keys and places, and return it by model."""
    found: dict[type[Model], list[Any]] = defaultdict(list)
    for page in pages:
        for relation in get_all_child_relations(type(page)):
            children = found[relation.related_model]
            for place, child in enumerate(getattr(page, relation.get_accessor_name()).all()):
                child.pk = first_ids[relation.related_model] + len(children)
                setattr(child, relation.field.name, page)
                if hasattr(child, "sort_order"):
                    child.sort_order = place
                children.append(child)
    return found


def _fields_of(children: dict[type[Model], list[Any]]) -> Iterator[tuple[type[Model], Any, list[Any]]]:
    for model, found in children.items():
        for field in model._meta.many_to_many:
            yield field.remote_field.through, field, found


def _many_to_many(field: Any, instances: list[Any]) -> list[Any]:
    through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    return [
        through(**{f"{own}_id": instance.pk, f"{other}_id": related.pk})
        for instance in instances
        for related in getattr(instance, field.name).all()
    ]


def _revisions(pages: list[Any], contents: list[dict[str, Any]]) -> list[Revision]:
    base = ContentType.objects.get_for_model(Page)
    return [
        Revision(
            pk=page.live_revision_id,
            content_type=page.content_type,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=page.latest_revision_created_at,
            object_str=str(page),
            content=content,
        )
        for page, content in zip(pages, contents, strict=True)
    ]


def _reference_rows(pages: list[Any], references: list[list[tuple[int, str, str, str]]]) -> list[ReferenceIndex]:
    base = ContentType.objects.get_for_model(Page)
    return [
        ReferenceIndex(
            content_type=page.content_type,
            base_content_type=base,
            object_id=str(page.pk),
            to_content_type_id=to,
            to_object_id=pk,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page, found in zip(pages, references, strict=True)
        for to, pk, model_path, content_path in found
    ]


def _uses(pages: list[Any], files: list[dict[str, dict[str, str]]]) -> list[MediaUse]:
    return [
        MediaUse(page_id=page.pk, **{f"{kind.removesuffix('s')}_id": int(pk)})
        for page, found in zip(pages, files, strict=True)
        for kind, digests in found.items()
        for pk in digests
    ]


def _entries(
    pages: list[Any], contents: list[dict[str, Any]], files: list[dict[str, dict[str, str]]]
) -> list[RecordEntry]:
    """Return a publication by the system for each page, as an installation has it of what it brings along."""
    entries = [
        RecordEntry(
            at=timezone.now(),
            kind=RecordKind.PUBLISHED,
            page_id=page.pk,
            subject=str(page)[:255],
            revision_id=page.live_revision_id,
            digest=content_digest(type(page), content),
            reason=REASON,
            data={"steps": [], "by": "system", "files": shown},
        )
        for page, content, shown in zip(pages, contents, files, strict=True)
    ]
    for entry in entries:
        entry.sign()
    return entries


def reserve_ids(counts: dict[type[Model], int]) -> dict[type[Model], int]:
    """Return the first of so many free ids of each model, and keep them free. Pages and revisions get the same ones."""
    last = {model: _last_id(model) for model in counts}
    last[Page] = last[Revision] = max(last[Page], last[Revision])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model, count in counts.items():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last[model] + count]
                )
    return {model: number + 1 for model, number in last.items()}


def _last_id(model: type[Model]) -> int:
    """Return the greatest id that was ever given: what the record says of a deleted page is not another one's."""
    found = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        row = cursor.fetchone()
    return max(found, (row and row[0]) or 0)


def models_of_children() -> set[type[Model]]:
    """Return the models of what hangs on pages."""
    return {
        relation.related_model
        for kind in ("article", "directive", "plan")
        for relation in get_all_child_relations(model_of(kind))
    }


def _by_model(pages: list[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for page in pages:
        found[type(page)].append(page)
    return found
