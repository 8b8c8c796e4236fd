"""Who may take pages down, and which."""

from typing import Any

from wagtail.models import Page

from cms.accounts.holders import those_who_may
from cms.publishing.proposals.models import Proposal


def may_propose(user: Any) -> bool:
    """Return whether `user` may propose to take a page down."""
    return user.is_active and user.has_perm("takedown.add_takedown")


def may_decide(user: Any) -> bool:
    """Return whether `user` may hide at once, and agree to or end what others have done."""
    return user.is_active and user.has_perm("takedown.change_takedown")


def may_be_taken_down(page: Page) -> bool:
    """Return whether `page` is one that can go: the home page and the sections, of which there is one each, carry all
    others.
    """
    return page.depth > 2 and page.specific_class.max_count is None


def deciders(proposal: Proposal) -> Any:
    """Return those who may decide, without the person who began it."""
    return those_who_may("takedown.change_takedown").exclude(pk=proposal.proposed_by_id)
