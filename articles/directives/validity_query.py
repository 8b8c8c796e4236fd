"""Validity in the database: `articles.directives.validity`'s rule for the many documents of which only dates are known.

What events or other documents have done to a document is judged by the rule itself, in Python; those are few.
"""

from datetime import date
from typing import Any

from django.db.models import Case, Q, Value, When

from .choices import EFFECTS, Status
from .document_types import Family
from .models import DirectiveRelation, ValidityEvent
from .projection import incoming_relations, preload
from .validity import Validity, validity_as_of

_EFFECTIVE_KINDS = {kind for kind, _extent in EFFECTS}


def validity_is(documents: Any, codes: Any, day: date) -> Q:
    """Return the condition that the validity on `day` of one of `documents` (a queryset) is one of `codes`."""
    eventful = Q(pk__in=ValidityEvent.objects.values("page")) | Q(
        pk__in=DirectiveRelation.objects.filter(kind__in=_EFFECTIVE_KINDS).exclude(target=None).values("target")
    )
    plain = documents.exclude(eventful).annotate(plain_validity=_by_dates(day))
    pages = list(
        documents.filter(eventful)
        .only("status", "family", "issued_on", "effective_on", "expires_on")
        .prefetch_related("validity_events")
    )
    preload(pages)
    judged = [
        page.pk for page in pages if validity_as_of(page.validity_facts(incoming_relations(page)), day)[0] in codes
    ]
    return Q(pk__in=plain.filter(plain_validity__in=codes).values("pk")) | Q(pk__in=judged)


def _by_dates(day):
    """Return the validity that follows from the dates alone."""
    counts_from_issue = Q(family=Family.PARTY, effective_on=None)
    return Case(
        When(status=Status.DRAFT, then=Value(Validity.UNDETERMINED.value)),
        When(expires_on__lte=day, then=Value(Validity.EXPIRED.value)),
        When(Q(effective_on__gt=day) | counts_from_issue & Q(issued_on__gt=day), then=Value(Validity.NOT_YET.value)),
        When(Q(effective_on__lte=day) | counts_from_issue & Q(issued_on__lte=day), then=Value(Validity.IN_FORCE.value)),
        default=Value(Validity.UNDETERMINED.value),
    )
