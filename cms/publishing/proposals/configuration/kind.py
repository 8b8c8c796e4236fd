"""The proposal of what readers see of the configuration: names, menus, settings, redirects to other sites."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..kinds import Kind, Line
from ..models import Proposal
from ..rights.trust import holders, holds
from .guards import Guarded, guarded
from .values import lines_of, take_over, values_of

NAME = "configuration"


class ConfigurationKind(Kind):
    """`changes` has `values` ({name: [old, new]}), `pages` (how many public pages it alters) and `deletes`."""

    name = NAME
    label = gettext_lazy("Configuration that readers see")

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return user.is_active and holds(user)

    def deciders(self, proposal: Proposal) -> Any:
        return holders().exclude(pk=proposal.proposed_by_id).order_by("full_name", "username")

    def lock(self, proposal: Proposal) -> None:
        if proposal.object_id is not None:
            manager = model_of(proposal).model._default_manager
            manager.select_for_update().filter(pk=proposal.object_id).first()

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        stored = stored_of(proposal)
        if proposal.object_id is None and is_taken(proposal):
            raise ValidationError(_("Meanwhile there is one like it."))
        if proposal.object_id is not None and stored is None:
            raise ValidationError(_("It is not there any more."))
        now = values_of(stored) if stored is not None else {}
        if stored is not None and any(now[name] != old for name, (old, _new) in proposal.changes["values"].items()):
            raise ValidationError(_("Meanwhile it was changed: refuse this and propose it anew."))

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        instance = stored_of(proposal) or model_of(proposal).model()
        if proposal.changes.get("deletes"):
            instance.delete()
            return
        take_over(instance, {name: new for name, (_old, new) in proposal.changes["values"].items()})

    def lines(self, proposal: Proposal) -> list[Line]:
        return lines_of(model_of(proposal).model, proposal.changes["values"])

    def consequence(self, proposal: Proposal) -> str:
        if proposal.changes.get("deletes"):
            return _("It is deleted. Public pages that show it: %(count)s.") % {"count": proposal.changes["pages"]}
        return model_of(proposal).consequence % {"count": proposal.changes["pages"]}


def model_of(proposal: Proposal) -> Guarded:
    """Return what is known of the model that a proposal is about."""
    found = guarded(proposal.model)
    if found is None:
        raise LookupError(proposal.model)
    return found


def stored_of(proposal: Proposal) -> Any:
    """Return the object that is to be changed; None for one that is to be made, or is gone."""
    if proposal.object_id is None:
        return None
    return model_of(proposal).model._default_manager.filter(pk=proposal.object_id).first()


def is_taken(proposal: Proposal) -> bool:
    """Return whether there is one already with what has to be unique; databases let two pass that have nothing in one
    of the fields.
    """
    model = model_of(proposal).model
    values = {name: new for name, (_old, new) in proposal.changes["values"].items()}
    for names in model._meta.unique_together:
        same = {name if values.get(name) is not None else f"{name}__isnull": values.get(name) or True for name in names}
        if model._default_manager.filter(**same).exists():
            return True
    return False
