"""Proposals that belong to another one."""

from .models import Proposal


def held_by_others() -> set[int]:
    """Return the ids of the proposals that belong to another one that waits (`hid` in its changes): they are decided
    with that one, and not before.
    """
    others = Proposal.objects.filter(decided_at=None, changes__has_key="hid").values_list("changes", flat=True)
    return {pk for changes in others for pk in changes["hid"]}
