from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TakedownConfig(AppConfig):
    """Taking down; hides pages from the predicate of what is public."""

    name = "cms.publishing.takedown"
    label = "takedown"
    verbose_name = _("Taking down")

    def ready(self) -> None:
        from django.db.models import Q

        from cms.pages.public import register_hidden
        from cms.pages.states import register_standing
        from cms.publishing.proposals.kinds import register
        from cms.store.notices import register_stand_ins, register_withdrawals

        from . import represent, states
        from .kinds import HideKind, TakeDownKind
        from .models import OFF
        from .undoing import UndoKind

        for kind in (HideKind(), TakeDownKind(), UndoKind()):
            register(kind)
        register_hidden(Q(takedowns__ended_at=None, takedowns__kind__in=OFF))
        register_stand_ins(represent.stand_ins)
        register_withdrawals(represent.withdrawals)
        register_standing(states.standings)
