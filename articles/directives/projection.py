"""What leaves a document of the register: its API form, with what others say of it, and by what it is found."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone
from rest_framework import serializers
from wagtail.api import APIField
from wagtail.models import Page

from cms.core.schemas import DATE, STRING, array, nullable, obj, ref
from cms.core.schemas import coded as coded_schema
from cms.media.represent import document_form
from cms.pages.public import public_paths
from cms.store.projection.backlinks import CitedByField, load_citing
from cms.store.projection.beside import Beside, beside_of
from cms.store.projection.fields import CodedField, RichTextSerializer, SnippetField, coded, snippet
from cms.store.projection.references import references_to
from search.registry import DocumentFacts, SearchText

from ..projection import FoundBy, OrderedBy, TypeProjection, code_of, entry_of, other, ranges
from ..register.models import Level
from . import document_types
from .choices import INCOMING_LABELS, Extent, FileKind, RelationKind, Status
from .query_reading import document_facts
from .validity import DatedEvent, EventKind, Facts, Validity, begins_on, next_change, validity_as_of, validity_spans

# A document of the register, or the words for one that is not in it.
DOCUMENT = {"oneOf": [ref("PageReference"), obj({"text": STRING})]}


def incoming_relations(serializer: serializers.Field, page: Page) -> list[Any]:
    """Return the relations of public documents to `page`, which `preload` has loaded for the batch."""
    return beside_of(serializer).own[page.pk]


def preload(pages: Iterable[Page], fields: Any, beside: Beside) -> None:
    """Load the incoming relations of `pages`, and note which pages their API forms will refer to.

    What else refers to them is loaded where `fields`, those of the forms, have it.
    """
    # By name, since the model's API fields are made here.
    DirectiveRelation = apps.get_model("articles", "DirectiveRelation")
    incoming = {page.pk: [] for page in pages}
    relations = (
        DirectiveRelation.objects.filter(target__in=[pk for pk in incoming if pk], page__live=True)
        .select_related("page")
        .order_by("page__issued_on", "page_id", "sort_order")
    )
    public = public_paths(relation.page.path for relation in relations)
    for relation in relations:
        if relation.page.path in public:
            incoming[relation.target_id].append(relation)
    beside.own |= incoming
    beside.shown.update(relation.page_id for relations in incoming.values() for relation in relations)
    # Relations stand in `relations`, with their kind.
    if "cited_by" in fields:
        load_citing(pages, beside, except_for=["outgoing_relations"])


class IssuersField(serializers.Field):
    """The issuers, in their order."""

    api_schema = array(ref("Snippet"))

    def to_representation(self, rows: Any) -> Any:
        return [snippet(row.issuer) for row in rows.all()]


class SignersField(serializers.Field):
    """Who signed."""

    api_schema = array(obj({"name": STRING, "position": STRING, "prefix": STRING}))

    def to_representation(self, rows: Any) -> Any:
        return [{"name": row.name, "position": row.position, "prefix": row.signs_for} for row in rows.all()]


class FilesField(serializers.Field):
    """The files, each with what it is to the document."""

    api_schema = array({"allOf": [ref("Document"), obj({"kind": ref("Coded")})]})

    def to_representation(self, rows: Any) -> Any:
        kinds = dict(FileKind.choices)
        forms = [(row, document_form(row.document)) for row in rows.all() if row.document_id]
        return [{**form, "kind": coded(row.kind, kinds)} for row, form in forms if form]


def validity_form(code: Validity, since: date | None, day: date) -> dict[str, Any]:
    """Return the form of a state of validity on a day, and since when it holds."""
    return {
        "code": code.value,
        "name": str(code.label),
        "as_of": day.isoformat(),
        "since": since.isoformat() if since else None,
    }


class ValidityField(serializers.Field):
    """The state of validity as of the day that is asked for."""

    api_schema = obj(
        {
            "code": {"type": "string", "enum": Validity.values},
            "name": STRING,
            "as_of": DATE,
            "since": nullable(DATE),
        }
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> Any:
        day = self.context.get("as_of") or timezone.localdate()
        code, since = validity_as_of(page.validity_facts(incoming_relations(self, page)), day)
        return validity_form(code, since, day)


class ValidityEventsField(serializers.Field):
    """The history of validity: the document's own events and those that public documents cause, by date."""

    api_schema = array(
        obj(
            {
                "kind": coded_schema(EventKind.values),
                "date": nullable(DATE),
                "note": STRING,
                "source": nullable(ref("PageReference")),
            }
        )
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> Any:
        labels = dict(EventKind.choices)
        events = [(event.date, event.kind, event.note, None) for event in page.validity_events.all()]
        for relation in incoming_relations(self, page):
            effect = relation.effect()
            if effect:
                events.append((effect.date, effect.kind, relation.note, relation.page_id))
        events.sort(key=lambda event: (event[0] is not None, event[0], event[1]))
        return [
            {
                "kind": coded(kind, labels),
                "date": date.isoformat() if date else None,
                "note": note,
                "source": next(iter(references_to([source])), None) if source else None,
            }
            for date, kind, note, source in events
        ]


class RelationsField(serializers.Field):
    """The relations, read from this document: its own first, then those of public documents to it."""

    @property
    def api_schema(self) -> dict:
        """Its shape."""
        return array(
            obj(
                {
                    "kind": coded_schema(RelationKind.values),
                    "direction": {"type": "string", "enum": ["out", "in"]},
                    "extent": coded_schema(Extent.values),
                    "note": STRING,
                    "document": DOCUMENT,
                }
            )
        )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> Any:
        outgoing, extents = dict(RelationKind.choices), dict(Extent.choices)
        forms = []
        for direction, relations, labels in (
            ("out", page.outgoing_relations.all(), outgoing),
            ("in", incoming_relations(self, page), INCOMING_LABELS),
        ):
            for relation in relations:
                document = self._document(relation, direction)
                if document is not None:
                    forms.append(
                        {
                            "kind": coded(relation.kind, labels),
                            "direction": direction,
                            "extent": coded(relation.extent, extents),
                            "note": relation.note,
                            "document": document,
                        }
                    )
        return forms

    @staticmethod
    def _document(relation, direction):
        """Return the other end; None where it is not public or gone, and with it the relation vanishes."""
        if direction == "out" and not relation.target_id:
            return {"text": relation.target_text} if relation.target_text else None
        other = relation.page_id if direction == "in" else relation.target_id
        return next(iter(references_to([other])), None)


FIELDS = [
    APIField("reference"),
    APIField("reference_as_printed"),
    APIField("document_type", serializer=CodedField(document_types.CHOICES)),
    APIField("family", serializer=CodedField(document_types.Family.choices)),
    APIField("number"),
    APIField("symbol"),
    APIField("issuers", serializer=IssuersField(source="directive_issuers")),
    APIField("signers", serializer=SignersField()),
    APIField("subject"),
    APIField("issued_on", serializer=serializers.DateField()),
    APIField("effective_on", serializer=serializers.DateField()),
    APIField("expires_on", serializer=serializers.DateField()),
    APIField("status", serializer=CodedField(Status.choices)),
    APIField("validity", serializer=ValidityField()),
    APIField("validity_events", serializer=ValidityEventsField()),
    APIField("sector", serializer=SnippetField()),
    APIField("body", serializer=RichTextSerializer()),
    APIField("files", serializer=FilesField(source="directive_files")),
    APIField("availability_note"),
    APIField("relations", serializer=RelationsField()),
    APIField("cited_by", serializer=CitedByField()),
]


def levels_of(page: Any) -> list[str]:
    """Return the levels of the issuers."""
    return [row.issuer.level for row in page.directive_issuers.all()]


def symbols_of(page: Any) -> list[str]:
    """Return the spellings under which the symbol is looked for: what is typed may be the end of it only."""
    symbol = _facts(page).symbol
    # Dash and slash are what people mix up.
    parts = symbol.replace("/", "-").split("-") if symbol else []
    return ["-".join(parts[start:])[:120] for start in range(len(parts))]


def years_named(page: Any) -> set[int | None]:
    """Return the years by which people name a document: that of its number and that of its issue."""
    return {_facts(page).year, page.issued_on.year if page.issued_on else None}


def _facts(page: Any) -> DocumentFacts:
    return document_facts(page.document_type, page.number, page.symbol, None)


def spans(form: dict[str, Any]) -> Iterator[tuple[str, str, date | None, date | None]]:
    """Yield from when until when each state of validity holds."""
    for code, begins, ends in validity_spans(facts_of(form)):
        yield "validity", code.value, begins, ends


def on_day(form: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the form of a document as of `day`."""
    code, since = validity_as_of(facts_of(form), day)
    return {**form, "validity": validity_form(code, since, day)}


def changes_on(form: dict[str, Any], day: date) -> date | None:
    """Return the first day after `day` on which the state of validity is another one."""
    return next_change(facts_of(form), day)


def facts_of(form: dict[str, Any]) -> Facts:
    """Return what a form says of the validity of its document."""
    return Facts(
        is_draft=form["status"] is not None and form["status"]["code"] == Status.DRAFT,
        begins_on=begins_on(
            form["family"] and form["family"]["code"], _day(form["issued_on"]), _day(form["effective_on"])
        ),
        expires_on=_day(form["expires_on"]),
        events=[DatedEvent(event["kind"]["code"], _day(event["date"])) for event in form["validity_events"]],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def gives(form: dict[str, Any]) -> Any:
    """Return what the documents to which this one refers take from it: its relations, and when they have effect."""
    relations = [
        (one["kind"]["code"], one["extent"]["code"], one["note"], one["document"].get("id"))
        for one in form["relations"]
        if one["direction"] == "out"
    ]
    # They name those that cite them in the text, beside those that have a relation to them.
    cited = sorted(set(re.findall(r'href="([^"]*)"', form["body"])))
    return relations, cited, [form[name] for name in ("status", "family", "issued_on", "effective_on")]


def search_text(form: dict[str, Any]) -> SearchText:
    """Return what the search finds of a document: its reference in any spelling, its subject, issuers and text."""
    kind = form["document_type"]
    issuers = [issuer["name"] for issuer in form["issuers"]]
    return SearchText(
        title=form["title"],
        kind=(kind["code"], kind["name"]) if kind else ("", ""),
        reference=" ".join(filter(None, [form["reference"], form["reference_as_printed"]])),
        keywords=[*issuers, *(issuer["code"] or "" for issuer in form["issuers"])],
        summary=form["subject"],
        body=[
            form["body"],
            [signer["name"] for signer in form["signers"]],
            (form["sector"] or {}).get("name", ""),
        ],
        date=form["issued_on"],
        issuers=issuers,
        document=document_facts(kind["code"] if kind else "", form["number"], form["symbol"], form["issued_on"]),
    )


PROJECTION = TypeProjection(
    found_by=(
        FoundBy("issuer", lambda page: [row.issuer_id for row in page.directive_issuers.all()], entry_of("issuers")),
        FoundBy("level", levels_of, code_of(Level.choices)),
        FoundBy("sector", lambda page: [page.sector_id], entry_of("sectors")),
        FoundBy("document_type", lambda page: [page.document_type], code_of(document_types.CHOICES)),
        FoundBy("year", lambda page: [page.issued_on and page.issued_on.year]),
        FoundBy("reference", lambda page: [page.reference_key]),
        FoundBy("number", lambda page: [_facts(page).number]),
        FoundBy("symbol", symbols_of),
        FoundBy("reference_year", years_named),
    ),
    ordered_by=(
        OrderedBy("issued_on"),
        OrderedBy("effective_on"),
        OrderedBy("expires_on"),
        OrderedBy("reference"),
    ),
    search_text=search_text,
    filters=(
        other("articles.directives.filters.ReferenceFilter"),
        other("articles.directives.filters.ValidityFilter"),
        *ranges("issued", "issued_on"),
        *ranges("expires", "expires_on"),
    ),
    spans=spans,
    on_day=on_day,
    next_change=changes_on,
    gives=gives,
)
