"""Documents that may be entered twice. Number and symbol repeat over the years, so identity needs issuers and date."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Prefetch
from wagtail.models import Page


def _with_same_reference(page: Page):
    """Other documents with the type and reference of `page`: as they are stored, and as pending corrections have
    them.
    """
    if not page.reference_key:
        return []
    DirectivePage = apps.get_model("articles.DirectivePage")
    DirectiveIssuer = apps.get_model("articles.DirectiveIssuer")
    others = DirectivePage.objects.exclude(pk=page.pk).order_by("pk")
    stored = others.filter(reference_key=page.reference_key, document_type=page.document_type)
    corrected = others.filter(
        live=True,
        has_unpublished_changes=True,
        latest_revision__content__reference_key=page.reference_key,
        latest_revision__content__document_type=page.document_type,
    )
    return [
        *stored.prefetch_related(Prefetch("directive_issuers", DirectiveIssuer.objects.all())),
        *(other.get_latest_revision_as_object() for other in corrected),
    ]


def _issuers(page: Page):
    return {row.issuer_id for row in page.directive_issuers.all()}


def _once(pages: Iterable[Page]) -> list:
    """`pages` without repetition: one may be found as it is stored and as it is being corrected."""
    return list({page.pk: page for page in pages}.values())


def exact_duplicates(page: Page, issuer_ids: Iterable[int] | None = None) -> list:
    """Return documents with the same issuers, type, number, symbol and date as `page`, drafts included."""
    issuer_ids = _issuers(page) if issuer_ids is None else issuer_ids
    return _once(
        other
        for other in _with_same_reference(page)
        if other.issued_on == page.issued_on and _issuers(other) == issuer_ids
    )


def elsewhere(page: Page) -> list:
    """Return documents with the same type, reference and date that name other issuers: often one of the two is
    wrong.
    """
    issuer_ids = _issuers(page)
    return _once(
        other
        for other in _with_same_reference(page)
        if page.issued_on and other.issued_on == page.issued_on and _issuers(other) != issuer_ids
    )


def clashes(page: Page) -> list:
    """Return documents with the same reference and a common issuer (or none known) but another date."""
    issuer_ids = _issuers(page)
    return _once(
        other
        for other in _with_same_reference(page)
        if other.issued_on != page.issued_on and (_issuers(other) & issuer_ids or not (_issuers(other) or issuer_ids))
    )
