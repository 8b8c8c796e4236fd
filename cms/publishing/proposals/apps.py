from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """What one person proposes and another one confirms."""

    name = "cms.publishing.proposals"
    label = "proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        from cms.core.due import register_due
        from cms.pages.dashboard import register_second_person
        from cms.publishing.traces import register_trace

        from . import actions, kinds, mails, waiting
        from .configuration import views
        from .configuration.kind import ConfigurationKind
        from .rights import trust
        from .rights.kind import RightsKind
        from .undoing.kind import UndoKind

        kinds.register(RightsKind())
        kinds.register(ConfigurationKind())
        kinds.register(UndoKind())
        views.put_in_place()
        trust.connect()
        register_second_person(waiting.waiting)
        register_due("reminders of proposals", mails.remind)
        register_trace(actions.forget_proposals)
