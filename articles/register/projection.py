"""What leaves of the register: entries that something public names, with how many."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count

from cms.core.text import sort_key
from cms.store.models import Event, Term
from cms.store.projection.fields import coded
from cms.store.projection.registry import Collection, Entry

from ..directives import document_types
from ..news.models import Tag
from .models import Category, Issuer, Level, Sector, Unit


def counts(parameter: str, values: set[str] | None) -> dict[str, int]:
    """Return how many public pages have each value of a filter, of `values` or of all."""
    terms = Term.objects.filter(parameter=parameter)
    if values is not None:
        terms = terms.filter(value__in=values)
    return dict(terms.order_by().values_list("value").annotate(Count("pk")))


def entries(
    model: Any, parameter: str, form: Callable[[Any, int], dict[str, Any]], always: bool = False
) -> Callable[[set[str] | None], dict[str, Entry]]:
    """Return a function that gives the public entries of `model`: those that public pages have, or all (`always`)."""

    def made(ids: set[str] | None) -> dict[str, Entry]:
        found = counts(parameter, ids)
        if ids is None and always:
            queryset = model.objects.all()
        else:
            queryset = model.objects.filter(pk__in=[int(one) for one in (ids if always and ids is not None else found)])
        return {
            str(one.pk): Entry(
                one.slug,
                form(one, found.get(str(one.pk), 0)),
                terms=[("own_level", one.level)] if model is Issuer else [],
                sort_keys={"sort_name": one.sort_name},
            )
            for one in queryset
        }

    return made


def term_form(one: Any, count: int) -> dict[str, Any]:
    """Return the form of an entry."""
    return {"slug": one.slug, "code": one.code or None, "name": one.name, "count": count}


def tag_form(one: Any, count: int) -> dict[str, Any]:
    """Return the form of a tag."""
    return {"slug": one.slug, "name": one.name, "count": count}


def issuer_form(one: Any, count: int) -> dict[str, Any]:
    """Return the form of an issuer; of its predecessors those that are public too."""
    predecessors = list(one.predecessors.all())
    public = counts("issuer", {str(other.pk) for other in predecessors}) if predecessors else {}
    return {
        **term_form(one, count),
        "level": coded(one.level, dict(Level.choices)),
        "exists_from": one.exists_from and one.exists_from.isoformat(),
        "exists_until": one.exists_until and one.exists_until.isoformat(),
        "predecessors": [
            {"slug": other.slug, "code": other.code or None, "name": other.name}
            for other in predecessors
            if str(other.pk) in public
        ],
        "other_names": one.other_name_list(),
    }


def successors(_pages: set[int], _events: list[Event], ids: set[str]) -> Iterable[str]:
    """Return the issuers that name one of these as a predecessor."""
    rows = Issuer.predecessors.through.objects.filter(to_issuer__in=[int(one) for one in ids])
    return [str(pk) for pk in rows.values_list("from_issuer", flat=True)]


def levels_altered(ids: set[int]) -> set[int]:
    """Return those of the issuers whose documents are found by another level now."""
    terms = Term.objects.filter(item__type="issuers", item__number__in=ids, parameter="own_level")
    before: dict[Any, str] = dict(terms.values_list("item__number", "value"))
    now: dict[Any, str] = dict(Issuer.objects.filter(pk__in=ids).values_list("pk", "level"))
    return {pk for pk in before.keys() & now.keys() if before[pk] != now[pk]}


def document_type_entries(ids: set[str] | None) -> dict[str, Entry]:
    """Return the types that public documents have, in the order of the decree."""
    found = counts("document_type", ids)
    return {
        code: Entry(
            code,
            {
                "code": code,
                "name": str(name),
                "abbreviation": "/".join(document_types.abbreviations(code)) or None,
                "count": found[code],
            },
            sort_keys={"sort_name": f"{place:04}"},
        )
        for place, (code, name) in enumerate(document_types.CHOICES)
        if code in found
    }


COLLECTIONS = [
    Collection(
        "categories",
        entries(Category, "category", term_form, always=True),
        model=Category,
        always_public=True,
        parameter="category",
    ),
    Collection(
        "issuers",
        entries(Issuer, "issuer", issuer_form),
        model=Issuer,
        parameter="issuer",
        touched=successors,
        terms_altered=levels_altered,
    ),
    Collection(
        "units",
        entries(Unit, "unit", term_form),
        model=Unit,
        parameter="unit",
        listed_by=lambda one: sort_key(one["name"]),
    ),
    Collection("sectors", entries(Sector, "sector", term_form), model=Sector, parameter="sector"),
    Collection("tags", entries(Tag, "tag", tag_form), model=Tag, parameter="tag", listed_by=lambda one: one["name"]),
    Collection("document-types", document_type_entries, parameter="document_type"),
]
