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
        from cms.pages.locks import register_lock
        from cms.publishing.proposals.kinds import register
        from cms.store.notices import register_stand_ins

        from . import actions, locks, represent, sweep
        from .kinds import DeleteKind, PurgeKind

        register(DeleteKind())
        register(PurgeKind())
        register_stand_ins(represent.stand_ins)
        register_lock(locks.locks_of)
        register_fixed(actions.is_proposed)
        register_due("what purges leave in files and in the database", sweep.sweep)
