"""What state a page is in, in words: what readers get of it, and what is about to happen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

_standings: list[Callable] = []
_prospects: list[Callable] = []


def register_standing(function: Callable) -> None:
    """Register `function(page_ids) -> {page_id: (words, whether readers get the page)}`: what is true instead of
    "published".
    """
    _standings.append(function)


def register_prospect(function: Callable) -> None:
    """Register `function(page_ids) -> {page_id: words}`: what waits for somebody or for its time."""
    _prospects.append(function)


@dataclass
class PageState:
    """`standing` is what readers get ("" where they never got anything), `prospects` what is about to happen."""

    standing: str = ""
    is_public: bool = False
    prospects: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [self.standing, *self.prospects] if self.standing else self.prospects
        return capfirst(", ".join(parts))


def states_of(pages: Iterable[Page]) -> dict[int, PageState]:
    """Return the states of `pages` by their numbers, in a number of queries that does not grow with them."""
    pages = {page.pk: page for page in pages if page.pk}
    states = {pk: PageState(*_own_standing(page)) for pk, page in pages.items()}
    for function in reversed(_standings):
        for pk, (words, is_public) in function(list(pages)).items():
            states[pk].standing, states[pk].is_public = str(words), is_public
    for function in (*_prospects, _scheduled):
        for pk, words in function(list(pages)).items():
            states[pk].prospects.append(str(words))
    for pk, page in pages.items():
        if states[pk].prospects:
            continue
        if not states[pk].standing:
            states[pk].prospects = [_("expired") if page.expired else _("draft")]
        elif page.live and page.has_unpublished_changes:
            states[pk].prospects = [_("with a newer draft")]
    return states


def state_of(page: Page) -> PageState:
    """Return the state of one page."""
    return states_of([page]).get(page.pk) or PageState(prospects=[_("draft")])


def _own_standing(page: Page):
    return (_("published"), True) if page.live else ("", False)


def _scheduled(page_ids: Iterable[int]):
    revisions = Revision.page_revisions.filter(object_id__in=map(str, page_ids), approved_go_live_at__isnull=False)
    return {
        int(object_id): _("to be published at %(time)s")
        % {"time": date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")}
        for object_id, moment in revisions.values_list("object_id", "approved_go_live_at")
    }
