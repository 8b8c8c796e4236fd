"""What this app adds to the API, the search, the record and the change log, at start-up."""

from collections.abc import Iterable
from typing import Any


def register() -> None:
    """Register filters, orderings, the text of each page type that search finds, and what the record and the change
    log follow.
    """
    from cms.api.change_log import register_endpoint
    from cms.publishing.record.watch import watch
    from cms.publishing.review.review_notes import register_review_note
    from cms.store.events import follow_model
    from cms.store.registry import register_derived, register_object_fan_out

    from . import filters, search_text
    from .models import Category, DirectivePage, Issuer, Sector, Tag, TaskPlanPage, Unit
    from .register import review_notes
    from .register.endpoints import ENDPOINTS, DocumentTypesViewSet

    filters.register()
    for viewset in ENDPOINTS:
        register_endpoint(viewset, "code" if viewset is DocumentTypesViewSet else "slug")
    for model in (Category, Issuer, Sector, Unit, Tag):
        follow_model(model)
    register_object_fan_out(Unit, plans_supported_by)
    register_derived(DirectivePage, TaskPlanPage)
    search_text.register()
    register_review_note(review_notes.new_entries)
    for model in (Category, Issuer, Sector, Unit):
        watch(model, ignore={"sort_name"})


def plans_supported_by(unit_ids: Iterable[int]) -> Any:
    """Return the plans with a task that one of these units supports: many-to-many relations are in no reference
    index.
    """
    from .models import TaskPlanPage

    return TaskPlanPage.objects.filter(tasks__supporting_units__in=unit_ids).values_list("pk", flat=True)
