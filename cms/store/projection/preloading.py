"""Loads what a batch of pages shows in a number of queries that does not depend on how many pages there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Model
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from cms.media.represent import preload_images
from cms.pages.rich_text import linked_id

from .references import load_public_pages


def load_shown(pages: list[Page]) -> dict[type, dict[int, Any]]:
    """Return the objects that `pages` (specific ones, all of one type) refer to, by model and id; foreign keys are
    filled in.

    Of pages there are only the public ones, so a draft can't show through a relation or a link. `pages` may be drafts
    that are not stored: their children are taken from memory.
    """
    pages = list(pages)
    if not pages:
        return {}
    children = load_children(pages)
    wanted = defaultdict(set)
    for instance in [*pages, *children]:
        for model, pk in references_in(instance):
            wanted[model].add(pk)
    loaded = {
        model: load_public_pages(ids) if issubclass(model, Page) else load(model, ids) for model, ids in wanted.items()
    }
    # Drafts of which a page knows only the id are not asked for: a foreign key to a page stays unfilled.
    for instance in [*pages, *children]:
        fill_foreign_keys(instance, loaded)
    return loaded


def load(model: type[Model], ids: Iterable[int]) -> dict[int, Any]:
    """Return the instances `ids` of a model other than a page, by id."""
    queryset = model._default_manager.filter(pk__in=ids)
    if model is get_image_model():
        queryset = preload_images(queryset)
    return {instance.pk: instance for instance in queryset}


def load_children(pages: list[Page]) -> list[Any]:
    """Return the children of `pages` (issuers, tasks, attachments …), one query for each kind where the pages are
    stored.
    """
    names = [relation.get_accessor_name() for relation in get_all_child_relations(type(pages[0]))]
    names = [name for name in names if name not in {"wagtail_admin_comments"}]
    stored = [page for page in pages if page.pk and not getattr(page, "_cluster_related_objects", None)]
    models.prefetch_related_objects(stored, *names)
    children = [child for page in pages for name in names for child in getattr(page, name).all()]
    by_model = defaultdict(list)
    for child in children:
        by_model[type(child)].append(child)
    for model, instances in by_model.items():
        many_to_many = [field.name for field in model._meta.many_to_many]
        saved = [child for child in instances if child.pk and not getattr(child, "_cluster_related_objects", None)]
        if many_to_many and saved:
            models.prefetch_related_objects(saved, *many_to_many)
    return children


def references_in(instance: Any) -> Iterator[Any]:
    """Yield (model, id) for everything that the fields, blocks and rich text of `instance` refer to.

    Pages of every type are yielded as `Page`. Reads blocks in their stored form: their values would ask the
    database one by one.
    """
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            yield from references_in_block(field.stream_block, field.stream_block.get_prep_value(value))
        elif isinstance(field, RichTextField):
            yield from references_in_rich_text(value)
        elif isinstance(field, models.ForeignKey) and value and not is_parent(field):
            related = field.related_model
            if related._meta.app_label not in {"wagtailcore", "contenttypes", "accounts"} or related is Page:
                yield (Page if issubclass(related, Page) else related), value


def is_parent(field: Any) -> bool:
    """Return whether a field leads from a page's table to the page, or from a child to what it belongs to."""
    return isinstance(field, ParentalKey) or field.remote_field.parent_link


def references_in_block(block: Any, value: Any) -> Iterator[Any]:
    """As `references_in`, for the stored form of a block."""
    if value in (None, ""):
        return
    if isinstance(block, blocks.BaseStreamBlock):
        for child in value:
            if child["type"] in block.child_blocks:
                yield from references_in_block(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            item = child["value"] if isinstance(child, dict) and child.get("type") == "item" else child
            yield from references_in_block(block.child_block, item)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from references_in_block(child, value.get(name))
    elif isinstance(block, BaseTypedTableBlock):
        cells = [block.child_blocks.get(column["type"]) for column in value["columns"]]
        for row in value["rows"]:
            for cell, content in zip(cells, row["values"], strict=False):
                yield from references_in_block(cell, content)
    elif isinstance(block, blocks.RichTextBlock):
        yield from references_in_rich_text(value)
    elif isinstance(block, blocks.ChooserBlock):
        yield block.model_class, value


def references_in_rich_text(source: str | None) -> Iterator[Any]:
    """As `references_in`, for rich text in its database form."""
    for model, pk, *_path in extract_references_from_rich_text(source or ""):
        if (number := linked_id(pk)) is not None:
            yield model, number


def fill_foreign_keys(instance: Any, loaded: dict[type, dict[int, Any]]) -> None:
    """Set the loaded instances on foreign keys, so that reading them asks the database nothing."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not issubclass(field.related_model, Page):
            related = loaded.get(field.related_model, {}).get(getattr(instance, field.attname))
            if related is not None:
                field.set_cached_value(instance, related)
