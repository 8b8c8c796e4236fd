"""What search finds of a document."""

from search.registry import SearchText

from . import query_reading


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
