"""Proposing to delete or purge: judged here whatever view it comes through. What the second person does is in
`kinds.py`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page

from cms.publishing.proposals import mails
from cms.publishing.proposals.actions import open_proposals
from cms.publishing.proposals.actions import propose as propose_to_second_person
from cms.publishing.proposals.models import Proposal
from cms.publishing.takedown.actions import in_effect, take_down
from cms.publishing.takedown.models import TakedownKind
from cms.publishing.takedown.permissions import may_be_taken_down
from cms.publishing.takedown.permissions import may_decide as may_hide

from .checks import check, instance_of, name_of, pages_that_show
from .models import MODELS, ErasureKind


def may_propose(user: Any) -> bool:
    """Return whether `user` may propose to delete or purge."""
    return user.is_active and user.has_perm("erasure.add_erasure")


def waiting(what: str, pk: int) -> Proposal | None:
    """Return what is proposed for a page or file, or None."""
    return open_proposals(ErasureKind.values, MODELS[what](pk=pk)).first()


@transaction.atomic
def propose(what: str, pk: int, kind: str, user: Any, reason: str) -> Proposal:
    """Propose to delete or purge the page or file; what is to be purged is hidden at once, where `user` may hide.

    Raise PermissionDenied, or ValidationError by field.
    """
    if not may_propose(user):
        raise PermissionDenied
    # Two people may begin at the same moment.
    MODELS[what].objects.select_for_update().filter(pk=pk).first()
    if waiting(what, pk) is not None:
        raise PermissionDenied
    instance = instance_of(what, pk)
    check(what, pk, instance, kind, reason)
    subject = MODELS[what](pk=pk)
    # Asked when it is known what was hidden.
    proposal = propose_to_second_person(kind, subject, name_of(what, pk, instance), {}, user, reason, ask=False)
    if kind == ErasureKind.PURGE and instance is not None and may_hide(user):
        hidden = [_hide(page, user, reason) for page in pages_that_show(instance)]
        proposal.changes = {"hid": [one.pk for one in hidden if one is not None]}
        proposal.save(update_fields=["changes"])
    mails.ask(proposal)
    return proposal


def is_proposed(file: Any) -> bool:
    """Return whether somebody has proposed to purge `file`, so that nobody deletes or changes it meanwhile."""
    what = next(name for name, model in MODELS.items() if isinstance(file, model))
    return waiting(what, file.pk) is not None


def _hide(page: Page, user: Any, reason: str) -> Proposal | None:
    shown = page.live or page.approved_schedule
    if shown and may_be_taken_down(page) and not getattr(in_effect(page), "is_off", False):
        # Its mail names the page; ours asks for the decision.
        return take_down(page, user, TakedownKind.HIDDEN, reason, ask=False)
    return None
