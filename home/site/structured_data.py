"""schema.org descriptions of pages, for search engines, from their API forms."""

from typing import Any

# https://schema.org/LegalForceStatus
FORCE = {
    "in_force": "InForce",
    "partly_expired": "PartiallyInForce",
    "partly_suspended": "PartiallyInForce",
    "expired": "NotInForce",
    "suspended": "NotInForce",
    "not_yet": "NotInForce",
    "unsuitable": "NotInForce",
}
# The relations by which a document changes another (https://schema.org/legislationChanges).
CHANGES = {"amends", "replaces", "repeals", "corrects", "suspends"}
# https://schema.org/LegalValueLevel: only what is signed digitally is the original.
LEGAL_VALUE = {"signed": "OfficialLegalValue"}


def described(kind: str, values: Any) -> dict:
    """Return an object of schema.org without what is not known."""
    return {"@type": kind, **{name: value for name, value in values.items() if value not in (None, "", [])}}


def document(kind: str, values: Any) -> dict:
    """Return the same, as it stands in a page."""
    return {"@context": "https://schema.org", **described(kind, values)}


def organisation(site: Any) -> dict:
    """Return who runs the portal, without the context, as a part of other descriptions."""
    root = site["root"]
    return described(
        "GovernmentOrganization",
        {
            "name": site["managing_body"] or site["name"],
            "url": root["html_url"] if root else None,
            "address": site["address"],
            "telephone": site["phone"],
            "email": site["email"],
            "logo": site["emblem"]["jpeg"] if site["emblem"] else None,
        },
    )


def home_data(form: Any, site: Any) -> dict:
    """Return the home page: the organisation."""
    return {"@context": "https://schema.org", **organisation(site)}


def article_data(form: Any, site: Any) -> dict:
    """Return an article: NewsArticle."""
    author = form["byline"]
    return document(
        "NewsArticle",
        {
            "headline": form["title"],
            "description": form["lead"],
            "url": form["meta"]["html_url"],
            "mainEntityOfPage": form["meta"]["html_url"],
            "datePublished": form["published_on"] or form["meta"]["first_published_at"],
            "dateModified": form["meta"]["last_published_at"],
            "image": [form["image"]["jpeg"]] if form["image"] else [],
            "articleSection": form["category"]["name"] if form["category"] else None,
            "keywords": [tag["name"] for tag in form["tags"]],
            "inLanguage": "vi",
            "author": described("Person", {"name": author}) if author else organisation(site),
            "publisher": organisation(site),
        },
    )


def directive_data(form: Any, site: Any) -> dict:
    """Return a document of the register: Legislation."""
    changed = [
        described("Legislation", {"name": relation["document"]["title"], "url": relation["document"]["html_url"]})
        for relation in form["relations"]
        if relation["direction"] == "out" and relation["kind"]["code"] in CHANGES and "id" in relation["document"]
    ]
    files = [
        described(
            "LegislationObject",
            {
                "name": file["title"],
                "contentUrl": file["url"],
                "encodingFormat": file["content_type"],
                "contentSize": str(file["size"]),
                "legislationLegalValue": LEGAL_VALUE.get(file["kind"]["code"]),
            },
        )
        for file in form["files"]
    ]
    return document(
        "Legislation",
        {
            "name": form["title"],
            "description": form["subject"],
            "url": form["meta"]["html_url"],
            "legislationIdentifier": form["reference"] or form["reference_as_printed"],
            "legislationType": form["document_type"]["name"] if form["document_type"] else None,
            "legislationDate": form["issued_on"],
            "legislationPassedBy": [
                described("GovernmentOrganization", {"name": issuer["name"]}) for issuer in form["issuers"]
            ],
            "legislationLegalForce": FORCE.get(form["validity"]["code"]),
            "legislationChanges": changed,
            "inLanguage": "vi",
            "encoding": files,
            "publisher": organisation(site),
        },
    )


DATA = {
    "home.HomePage": home_data,
    "articles.ArticlePage": article_data,
    "articles.DirectivePage": directive_data,
}


def structured_data(form: Any, site: Any) -> dict | None:
    """Return what describes a page; None for a type of which schema.org has no word."""
    describe = DATA.get(form["meta"]["type"])
    return describe(form, site) if describe else None
