"""What can be proposed: each kind says who decides, what it comes to, and carries it out."""

from typing import Any, NamedTuple

from .models import Proposal


class Line(NamedTuple):
    """One thing that a proposal changes, in words."""

    label: str
    old: str
    new: str


class Kind:
    """One kind of proposal. A subclass gives all of it."""

    name: str
    label: Any

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        """Return whether `user` may confirm or refuse it; whoever proposed it never does (`actions.py`)."""
        raise NotImplementedError

    def deciders(self, proposal: Proposal) -> Any:
        """Return the people who are asked, without the one who proposed it."""
        raise NotImplementedError

    def concerned(self, proposal: Proposal) -> list[str]:
        """Return the addresses of those whom it concerns, who are told of it."""
        return []

    def lock(self, proposal: Proposal) -> None:
        """Lock what it is about, before it is checked and carried out."""

    def check(self, proposal: Proposal) -> None:
        """Raise ValidationError where it can't be carried out (any more)."""

    def carry_out(self, proposal: Proposal) -> None:
        """Do it. Called in the transaction of the confirmation, after `check`."""
        raise NotImplementedError

    def refused(self, proposal: Proposal, user: Any) -> None:
        """Take back what took effect at once. Called in the transaction of the refusal by `user`."""

    def forget(self, proposal: Proposal) -> None:
        """Take out of `proposal.changes` what nobody is to keep; saved by the caller."""

    def lines(self, proposal: Proposal) -> list[Line]:
        """Return what changes, in words."""
        raise NotImplementedError

    def consequence(self, proposal: Proposal) -> str:
        """Return in a sentence what it comes to."""
        raise NotImplementedError


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let `kind` be proposed."""
    _kinds[kind.name] = kind


def kind_of(proposal: Proposal) -> Kind:
    """Return the kind of a proposal."""
    return _kinds[proposal.kind]
