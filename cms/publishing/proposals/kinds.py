"""What can be proposed: each kind says who decides, what it comes to, and carries it out."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from .models import Proposal


class Line(NamedTuple):
    """One thing that a proposal changes, in words."""

    label: str
    old: str
    new: str


class Kind:
    """One kind of proposal. A subclass gives `name`, `label`, and all that raises NotImplementedError here."""

    name: str
    label: Any
    # What the buttons of its decision say.
    agree_label: Any = gettext_lazy("Confirm")
    refuse_label: Any = gettext_lazy("Refuse")
    # What it adds to the state of a page in words.
    prospect: Any = ""
    # Whether there is anything to refuse, and whether who proposed it may take it back alone.
    may_be_refused = True
    may_be_taken_back = True
    # Whether it stays when the page that it is about is deleted or purged.
    outlives_page = False
    # More of what it is about, for the screen: a template that gets what `details` returns.
    details_template = ""

    # --- Who

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        """Return whether `user` may confirm or refuse it; whoever proposed it never does (`actions.py`)."""
        raise NotImplementedError

    def may_look(self, proposal: Proposal, user: Any) -> bool:
        """Return whether `user`, who has not proposed it, may see it and what became of it."""
        return self.may_decide(proposal, user)

    def decidable(self, proposals: Iterable[Proposal], user: Any) -> list[Proposal]:
        """Return those of `proposals`, all of this kind, that `user` may decide."""
        return [proposal for proposal in proposals if self.may_decide(proposal, user)]

    def deciders(self, proposal: Proposal) -> Any:
        """Return the people who are asked, without the one who proposed it."""
        raise NotImplementedError

    def concerned(self, proposal: Proposal) -> list[str]:
        """Return the addresses of those whom it concerns, who are told of it."""
        return []

    # --- The acts, each in the transaction of the decision

    def lock(self, proposal: Proposal) -> None:
        """Lock what it is about, before the proposal itself: publishing a page locks them in this order too."""

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        """Raise ValidationError where it can't be carried out (any more), or not as `chosen` by who decides."""

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        """Do it, after `check`."""
        raise NotImplementedError

    def refused(self, proposal: Proposal, user: Any) -> None:
        """Take back what took effect at once."""

    def forget(self, proposal: Proposal) -> None:
        """Take out of a decided proposal what nobody is to keep; saved by the caller."""

    def record(self, what: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
        """Record that it was proposed, agreed to or refused. A kind whose acts have entries of their own leaves out
        what those tell.
        """
        record(
            what,
            # So that a purge of the page takes these words away as well.
            page_id=proposal.object_id if proposal.model == Page._meta.label else None,
            subject=f"{self.label}: {proposal.subject}",
            user=user,
            reason=reason,
            proposal=proposal.pk,
            model=proposal.model,
            object=str(proposal.object_id or ""),
            changes={str(line.label): [str(line.old), str(line.new)] for line in self.lines(proposal)},
        )

    # --- In words

    def lines(self, proposal: Proposal) -> list[Line]:
        """Return what changes, in words."""
        return []

    def consequence(self, proposal: Proposal) -> str:
        """Return in a sentence what it comes to; of what is public, what readers will find."""
        raise NotImplementedError

    def name_in_mails(self, proposal: Proposal) -> str:
        """Return what it is called in mails."""
        return proposal.subject

    def address(self, proposal: Proposal) -> str:
        """Return the address in the admin at which one looks at what it is about, or ""."""
        return ""

    def done_message(self, proposal: Proposal) -> str:
        """Return what is said to who has agreed."""
        return _("Confirmed and done: “%(title)s”.") % {"title": proposal.subject}

    def undone_message(self, proposal: Proposal) -> str:
        """Return what is said to who has refused it or taken it back."""
        return _("“%(title)s” stays as it is.") % {"title": proposal.subject}

    # --- On the screen

    def form(self, proposal: Proposal, data: Any = None) -> Any:
        """Return the form of what is chosen in agreeing, or None; its cleaned data are `chosen`."""
        return None

    def details(self, proposal: Proposal) -> dict[str, Any]:
        """Return the context of `details_template`."""
        return {}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let `kind` be proposed."""
    _kinds[kind.name] = kind


def kind_of(proposal: Proposal) -> Kind:
    """Return the kind of a proposal."""
    return _kinds[proposal.kind]


def prospects_of_kinds() -> dict[str, Any]:
    """Return what kinds add to the states of pages, by their names, where they add something."""
    return {name: kind.prospect for name, kind in _kinds.items() if kind.prospect}


def kinds_that_go_with_their_page() -> list[str]:
    """Return the names of the kinds that are forgotten with the page that they are about."""
    return [name for name, kind in _kinds.items() if not kind.outlives_page]
