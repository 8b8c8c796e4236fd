"""System checks: a section without review is said at start-up."""

from typing import Any

from django.core.checks import Tags, Warning, register
from django.db.utils import OperationalError, ProgrammingError


@register(Tags.database)
def check_sections(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> Any:
    """Every page that may hold others has a workflow with at least one active step (`manage.py check --database
    default`).
    """
    if not databases:
        return []
    from wagtail.models import Page

    from cms.pages.base import BasePage

    try:
        pages = [page for page in Page.objects.filter(depth__in=[2, 3]).specific() if isinstance(page, BasePage)]
    except (OperationalError, ProgrammingError):  # before the first migration
        return []
    warnings = []
    for page in pages:
        workflow = page.get_workflow()
        if workflow is None or not workflow.active or not workflow.tasks.exists():
            warnings.append(
                Warning(
                    f"“{page.title}” has no review: nothing can be published there.",
                    hint="Give it a workflow with at least one active step, under Settings → Workflows.",
                    obj=page,
                    id="review.W001",
                )
            )
    return warnings
