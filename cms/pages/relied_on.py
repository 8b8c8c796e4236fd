"""Revisions that people are asked to approve, or have approved for a later time: nothing that they show may change
meanwhile.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.models import Revision, TaskState

_conditions: list[Q] = [Q(task_states__status=TaskState.STATUS_IN_PROGRESS), Q(approved_go_live_at__isnull=False)]


def register_relied_on(condition: Q) -> None:
    """Register a condition under which a revision that is not public is relied on."""
    _conditions.append(condition)


def relied_on_revisions() -> Any:
    """Return the revisions of pages that are in review, or approved for later."""
    return Revision.page_revisions.filter(reduce(or_, _conditions)).distinct()
