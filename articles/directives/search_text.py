"""What search finds of a document, and the state that results show."""

from collections.abc import Iterable

from django.utils import timezone

from search.registry import SearchText

from . import query_reading
from .models import DirectivePage
from .projection import incoming_relations, preload
from .validity import validity_as_of


def directive_text(form: dict) -> SearchText:
    """Return the text of a document, which is found by its reference in any spelling, its subject, issuers and text."""
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
        document=query_reading.document_facts(
            kind["code"] if kind else "", form["number"], form["symbol"], form["issued_on"]
        ),
    )


def validity_states(page_ids: Iterable[int]) -> dict[int, dict]:
    """Return the validity today of the documents among the pages, by id: dicts of `code` and `name`."""
    pages = list(
        DirectivePage.objects.filter(pk__in=page_ids)
        .only("status", "family", "issued_on", "effective_on", "expires_on")
        .prefetch_related("validity_events")
    )
    preload(pages)
    today, found = timezone.localdate(), {}
    for page in pages:
        validity, _since = validity_as_of(page.validity_facts(incoming_relations(page)), today)
        found[page.pk] = {"code": validity.value, "name": str(validity.label)}
    return found
