"""What of the register readers may know: the entries that something public names."""

from typing import Any

from django.db.models import Q

from cms.pages.public import public_pages

from ..directives.models import DirectivePage
from ..news.models import ArticlePage, Tag
from ..plans.models import TaskPlanPage
from .models import Issuer, Sector, Unit


def public_directives() -> Any:
    """Return the public documents."""
    return DirectivePage.objects.filter(pk__in=public_pages().values("pk"))


def public_plans() -> Any:
    """Return the public plans."""
    return TaskPlanPage.objects.filter(pk__in=public_pages().values("pk"))


def public_issuers() -> Any:
    """Return the issuers that a public document names."""
    return Issuer.objects.filter(pk__in=public_directives().values("directive_issuers__issuer"))


def public_sectors() -> Any:
    """Return the sectors that a public document has."""
    return Sector.objects.filter(pk__in=public_directives().values("sector"))


def public_units() -> Any:
    """Return the units that a public plan names."""
    plans = public_plans()
    return Unit.objects.filter(
        Q(pk__in=plans.values("organisation"))
        | Q(pk__in=plans.values("tasks__lead_unit"))
        | Q(pk__in=plans.values("tasks__supporting_units"))
    )


def public_tags() -> Any:
    """Return the tags of public articles."""
    articles = ArticlePage.objects.filter(pk__in=public_pages().values("pk"))
    return Tag.objects.filter(pk__in=articles.values("tagged_items__tag"))
