"""Revisions that people are asked to approve, or have approved for a later time: nothing that they show may change
meanwhile.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q
from wagtail.models import ReferenceIndex, Revision, TaskState

_conditions: list[Q] = [Q(task_states__status=TaskState.STATUS_IN_PROGRESS), Q(approved_go_live_at__isnull=False)]


def register_relied_on(condition: Q) -> None:
    """Register a condition under which a revision that is not public is relied on."""
    _conditions.append(condition)


def relied_on_revisions() -> Any:
    """Return the revisions of pages that are in review, or approved for later."""
    return Revision.page_revisions.filter(reduce(or_, _conditions)).distinct()


def is_named_by_relied_on(instance: Model) -> bool:
    """Return whether a revision that people are asked to approve, or have approved, refers to `instance`: Wagtail's
    reference index knows what is stored of a live page alone.
    """
    content_type = ReferenceIndex._get_base_content_type(type(instance)).pk
    return any(
        (found[0], str(found[1])) == (content_type, str(instance.pk))
        for revision in relied_on_revisions()
        for found in ReferenceIndex._extract_references_from_object(revision.as_object())
    )
