"""From stored pages to what the store keeps of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from cms.core.text import sort_key
from cms.pages.public import public_among

from ..models.items import ALWAYS, NEVER, address_key
from .companions import companions
from .digest import digest_of
from .preloading import references_in
from .references import page_reference, type_name
from .registry import collections, page_projection
from .representation import represent_all
from .serializers import page_serializer
from .texts import listing_text, to_text

# Pages whose forms are made together.
BATCH = 100


@dataclass
class Projected:
    """What the store keeps of one object; see `cms.store.models.items`."""

    type: str
    key: str
    detail: str
    digest: str
    number: int | None = None
    page_id: int | None = None
    path: str = ""
    tree_path: str = ""
    address: str = ""
    listing: str = ""
    listing_digest: str = ""
    reference: str = ""
    next_change_on: date | None = None
    terms: set[tuple[str, str]] = field(default_factory=set)
    spans: list[tuple[str, str, date, date]] = field(default_factory=list)
    sort_keys: dict[str, str | None] = field(default_factory=dict)
    links: set[tuple[str, int]] = field(default_factory=set)
    companions: dict[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> str:
        """The digest of what the item is found by."""
        return facts_of(self.terms, self.spans, self.sort_keys, self.links)


def facts_of(
    terms: set[tuple[str, str]],
    spans: list[Any],
    sort_keys: dict[str, str | None],
    links: set[tuple[str, int]],
) -> str:
    """Return the digest of what an item is found by."""
    found = [sorted(terms), [list(span) for span in spans], sorted(sort_keys.items()), sorted(links)]
    return hashlib.sha256(json.dumps(found, default=str).encode()).hexdigest()


def project(ids: Iterable[int], site_path: str) -> dict[int, Projected]:
    """Return what the store is to keep of the public ones among the pages `ids`; `site_path` is the site's root's
    `url_path`.
    """
    found: dict[int, Projected] = {}
    ids = sorted(ids)
    for start in range(0, len(ids), BATCH):
        pages = public_among(ids[start : start + BATCH])
        by_type: dict[Any, list[int]] = {}
        for page in pages.values():
            by_type.setdefault(page.specific_class, []).append(page.pk)
        for model, keys in by_type.items():
            specific = list(model.objects.filter(pk__in=keys).order_by("pk"))
            forms = represent_all(specific, page_serializer(model))
            for page, form in zip(specific, forms, strict=True):
                found[page.pk] = _projected(page, form, page_reference(page), site_path)
    return found


def _projected(page: Page, form: dict[str, Any], reference: dict[str, Any], site_path: str) -> Projected:
    projection, today = page_projection(type(page)), timezone.localdate()
    path = page.url_path[len(site_path) - 1 :]
    name = type_name(type(page))
    return Projected(
        type=name,
        key=str(page.pk),
        number=page.pk,
        page_id=page.pk,
        path=path,
        tree_path=page.path,
        address=address_key(path),
        detail=(detail := to_text(form)),
        listing=(listing := listing_text(form)),
        listing_digest=digest_of(listing),
        reference=to_text(reference),
        digest=digest_of(detail),
        next_change_on=projection.next_change(form, today) if projection.next_change else None,
        terms={
            ("type", name),
            *([("withdrawn", "yes")] if form["meta"]["withdrawn"] else []),
            *((parameter, str(value)) for parameter, value in projection.terms(page)),
        },
        spans=[(name, code, begins or ALWAYS, ends or NEVER) for name, code, begins, ends in projection.spans(form)],
        sort_keys={**_common_sort_keys(page, form), **projection.sort_keys(form)},
        links=links_of(page),
        companions={name: made for name, one in companions().items() if (made := one.prepare(type(page), form))},
    )


def _common_sort_keys(page: Page, form: dict[str, Any]) -> dict[str, str | None]:
    published = page.first_published_at
    return {
        "slug": page.slug,
        "title": sort_key(form["title"])[:1200],
        "first_published_at": _moment(published),
        "last_published_at": _moment(page.last_published_at),
        # The day that readers know; a page type may have its own.
        "published": timezone.localdate(published).isoformat() if published else None,
    }


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") if value else None


def links_of(page: Page) -> set[tuple[str, int]]:
    """Return what a page (specific, with its children loaded) refers to: endpoint and id."""
    kinds = {one.model: one.name for one in collections().values() if one.model is not None}
    found = set()
    for instance in [page, *_children(page)]:
        for model, pk in references_in(instance):
            kind = "pages" if issubclass(model, Page) else kinds.get(model)
            if kind is not None and pk:
                found.add((kind, int(pk)))
        for relation in instance._meta.many_to_many if instance is not page else ():
            if (kind := kinds.get(relation.related_model)) is not None:
                found |= {(kind, related.pk) for related in getattr(instance, relation.name).all()}
    return found


def _children(page: Page) -> Iterable[Any]:
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name != "wagtail_admin_comments":
            yield from getattr(page, name).all()
