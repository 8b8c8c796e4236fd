"""Documents that may be entered twice. Number and symbol repeat over the years, so identity needs issuers and date."""

from django.apps import apps
from django.db.models import Prefetch


def _with_same_reference(page):
    if not page.reference_key:
        return []
    DirectivePage = apps.get_model("articles.DirectivePage")
    DirectiveIssuer = apps.get_model("articles.DirectiveIssuer")
    return (
        DirectivePage.objects.filter(reference_key=page.reference_key, document_type=page.document_type)
        .exclude(pk=page.pk)
        .prefetch_related(Prefetch("directive_issuers", DirectiveIssuer.objects.all()))
        .order_by("pk")
    )


def _issuers(page):
    return {row.issuer_id for row in page.directive_issuers.all()}


def exact_duplicates(page, issuer_ids=None) -> list:
    """Documents with the same issuers, type, number, symbol and date as `page`, drafts included."""
    issuer_ids = _issuers(page) if issuer_ids is None else issuer_ids
    return [
        other
        for other in _with_same_reference(page)
        if other.issued_on == page.issued_on and _issuers(other) == issuer_ids
    ]


def clashes(page) -> list:
    """Documents with the same reference and a common issuer (or none known) but another date."""
    issuer_ids = _issuers(page)
    return [
        other
        for other in _with_same_reference(page)
        if other.issued_on != page.issued_on and (_issuers(other) & issuer_ids or not (_issuers(other) or issuer_ids))
    ]
