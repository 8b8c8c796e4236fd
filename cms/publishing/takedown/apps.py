from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TakedownConfig(AppConfig):
    """Taking down; hides pages from the predicate of what is public."""

    name = "cms.publishing.takedown"
    label = "takedown"
    verbose_name = _("Taking down")

    def ready(self) -> None:
        from django.db.models import Q

        from cms.core.due import register_due
        from cms.pages.dashboard import register_second_person
        from cms.pages.public import register_hidden
        from cms.pages.states import register_prospect, register_standing
        from cms.store.notices import register_stand_ins, register_withdrawals

        from . import mails, represent, second_person, states
        from .models import OFF

        register_due("reminders of takedowns", mails.remind)
        register_hidden(Q(takedowns__effective=True, takedowns__kind__in=OFF))
        register_stand_ins(represent.stand_ins)
        register_withdrawals(represent.withdrawals)
        register_second_person(second_person.waiting)
        register_standing(states.standings)
        register_prospect(states.prospects)
