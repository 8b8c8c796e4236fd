"""Mails about proposals: to those who decide, to the people concerned, to who proposed. They go out on commit."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.mail import admin_address, send_on_commit, send_to_on_commit
from cms.core.reminders import remind_of

from .held import held_by_others
from .kinds import kind_of
from .models import Proposal


def ask(proposal: Proposal) -> None:
    """Ask those who may decide, and tell the people concerned that somebody has proposed it."""
    kind = kind_of(proposal)
    subject = _("Please decide: %(title)s") % {"title": kind.name_in_mails(proposal)}
    send_on_commit(subject, _body(proposal, _("Confirm or refuse: %(address)s")), kind.deciders(proposal))
    told = _("Proposed: %(title)s") % {"title": kind.name_in_mails(proposal)}
    closing = _("A second person decides. If this is wrong, tell your administrator at once.")
    send_to_on_commit(told, _body(proposal, closing), kind.concerned(proposal))


def tell_outcome(proposal: Proposal, addresses: Iterable[str]) -> None:
    """Tell who proposed it and the people concerned what became of it."""
    if proposal.agreed:
        subject = _("Confirmed and done: %(title)s") % {"title": kind_of(proposal).name_in_mails(proposal)}
    else:
        subject = _("Refused: %(title)s") % {"title": kind_of(proposal).name_in_mails(proposal)}
    by = proposal.proposed_by
    own = [by.email] if by is not None and by.pk != proposal.decided_by_id else []
    decider = proposal.decided_by
    closing = _("Decided by %(name)s.") % {"name": decider.get_full_name() if decider is not None else "–"}
    if proposal.answer:
        closing = f"{closing} {_('Reason: %(reason)s') % {'reason': proposal.answer}}"
    send_to_on_commit(subject, _body(proposal, closing), [*own, *addresses])


def tell_of_immediate(subject: str, lines: Iterable[Any], addresses: Iterable[str], user: Any) -> None:
    """Tell the people concerned of what took effect at once, since nobody else could confirm it."""
    body = _("%(name)s has changed:\n\n%(lines)s\n\nNobody else could confirm it yet.\n") % {
        "name": user.get_full_name(),
        "lines": _in_words(lines),
    }
    send_to_on_commit(_("Changed: %(title)s") % {"title": subject}, body, addresses)


def remind() -> int:
    """Remind those who may decide, once a working day; return of how many proposals."""

    def tell(proposal: Proposal) -> None:
        subject = _("Reminder, please decide: %(title)s") % {"title": kind_of(proposal).name_in_mails(proposal)}
        body = _body(proposal, _("Confirm or refuse: %(address)s"))
        send_on_commit(subject, body, kind_of(proposal).deciders(proposal))

    waiting = Proposal.objects.filter(decided_at=None).exclude(pk__in=held_by_others())
    return remind_of(waiting.select_related("proposed_by"), tell)


def _body(proposal: Proposal, closing: str) -> str:
    by = proposal.proposed_by.get_full_name() if proposal.proposed_by else "–"
    address = admin_address(reverse("proposal", args=[proposal.pk]))
    kind = kind_of(proposal)
    parts = [
        f"{by}: {kind.label}.",
        _in_words(kind.lines(proposal)),
        kind.consequence(proposal) if proposal.is_open else "",
        _("Reason: %(reason)s") % {"reason": proposal.reason or "–"},
        closing % {"address": address} if "%(address)s" in closing else closing,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _in_words(lines: Iterable[Any]) -> str:
    return "\n".join(f"{line.label}: {line.old or '–'} → {line.new or '–'}" for line in lines)
