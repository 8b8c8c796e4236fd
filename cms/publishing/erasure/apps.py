from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErasureConfig(AppConfig):
    """Deleting live content, and purging what should never have been here, by two people."""

    name = "cms.publishing.erasure"
    label = "erasure"
    verbose_name = _("Deletion and purge")

    def ready(self) -> None:
        from cms.core.due import register_due
        from cms.media.models import register_fixed
        from cms.pages.dashboard import register_second_person
        from cms.pages.locks import register_lock
        from cms.pages.states import register_prospect
        from cms.store.notices import register_stand_ins

        from . import actions, locks, mails, represent, second_person, states, sweep

        register_due("reminders of deletions and purges", mails.remind)

        register_stand_ins(represent.stand_ins)
        register_lock(locks.lock_of)
        register_second_person(second_person.waiting)
        register_prospect(states.prospects)
        register_fixed(actions.is_proposed)
        register_due("what purges leave in files and in the database", sweep.sweep)
