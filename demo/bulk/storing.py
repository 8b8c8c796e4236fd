"""Storing pages of bulk content: all the rows that drafting, approving and publishing each would have left, at once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from cms.media.models import CustomDocument, CustomImage, MediaUse
from cms.publishing.record.chain import seal
from cms.publishing.record.digest import content_digest
from cms.publishing.record.models import RecordEntry, RecordKind
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
    contents = [page.serializable_data() for page in pages]
    with turn, transaction.atomic():
        _insert_pages(pages)
        _insert_children(pages, contents)
        references = [_references(page) for page in pages]
        files = _files(portion, references)
        _insert_revisions(pages, contents)
        _insert_references(pages, references)
        _insert_uses(pages, files)
        _record(pages, contents, files)
        for kind, found in of_kind.items():
            Page.objects.filter(pk=portion.stock.sections[kind].pk).update(numchild=F("numchild") + len(found))
            get_search_backend().add_bulk(model_of(kind), found)
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


def _insert_children(instances: Iterable[ClusterableModel], contents: Iterable[dict[str, Any]]) -> None:
    """Insert what hangs on pages, and put the new keys into the contents of their revisions."""
    rows: dict[type[Model], list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
    for instance, content in zip(instances, contents, strict=True):
        for name, children in _children(instance):
            rows[type(children[0])] += zip(children, content[name], strict=True)
    for model, found in rows.items():
        for number, (child, _content) in enumerate(found):
            if hasattr(child, "sort_order") and child.sort_order is None:
                child.sort_order = found[number][1]["sort_order"]
        model._default_manager.bulk_create([child for child, _content in found], batch_size=500)
        for child, content in found:
            content["pk"] = child.pk
        for field in model._meta.many_to_many:
            _insert_many_to_many(field, [child for child, _content in found])
        if issubclass(model, ClusterableModel):
            _insert_children([child for child, _content in found], [content for _child, content in found])


def _insert_many_to_many(field: Any, instances: list[Any]) -> None:
    through, own, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    through.objects.bulk_create(
        [
            through(**{f"{own}_id": instance.pk, f"{other}_id": related.pk})
            for instance in instances
            for related in getattr(instance, field.name).all()
        ],
        batch_size=500,
    )


def _children(instance: ClusterableModel) -> Iterator[tuple[str, list[Any]]]:
    for relation in get_all_child_relations(type(instance)):
        children = list(getattr(instance, name := relation.get_accessor_name()).all())
        if children:
            for child in children:
                setattr(child, relation.field.name, instance)
            yield name, children


def _insert_revisions(pages: list[Any], contents: list[dict[str, Any]]) -> None:
    base = ContentType.objects.get_for_model(Page)
    Revision.objects.bulk_create(
        [
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
        ],
        batch_size=200,
    )


def _insert_references(pages: list[Any], references: list[list[tuple[int, str, str, str]]]) -> None:
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        [
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
        ],
        batch_size=500,
    )


def _insert_uses(pages: list[Any], files: list[dict[str, dict[str, str]]]) -> None:
    MediaUse.objects.bulk_create(
        [
            MediaUse(page_id=page.pk, **{f"{kind.removesuffix('s')}_id": int(pk)})
            for page, found in zip(pages, files, strict=True)
            for kind, digests in found.items()
            for pk in digests
        ],
        batch_size=500,
    )


def _record(pages: list[Any], contents: list[dict[str, Any]], files: list[dict[str, dict[str, str]]]) -> None:
    """Append a publication by the system for each page, as an installation has it of what it brings along."""
    entries = [
        RecordEntry(
            at=timezone.now(),
            kind=RecordKind.PUBLISHED,
            page_id=page.pk,
            subject=str(page)[:255],
            revision_id=page.live_revision_id,
            digest=content_digest(content),
            reason=REASON,
            data={"steps": [], "by": "system", "files": shown},
        )
        for page, content, shown in zip(pages, contents, files, strict=True)
    ]
    for entry in entries:
        entry.words_digest = entry.digest_of_words()
    RecordEntry.objects.bulk_create(entries, batch_size=500)


def reserve_ids(count: int) -> int:
    """Return a number after which so many ids of pages and of revisions are free, and keep them free."""
    last = max(
        Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Page, Revision):
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, last + count]
                )
    return last + 1


def _by_model(pages: list[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for page in pages:
        found[type(page)].append(page)
    return found
