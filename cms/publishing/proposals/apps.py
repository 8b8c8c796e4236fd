from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """What one person proposes and another one confirms."""

    name = "cms.publishing.proposals"
    label = "proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        from cms.accounts.login.needed import register_needs_factor
        from cms.core.due import register_due
        from cms.pages.states import register_prospect
        from cms.publishing.record.traces import register_trace

        from . import actions, kinds, mails, waiting
        from .configuration import views
        from .configuration.kind import ConfigurationKind
        from .rights import trust
        from .rights.kind import RightsKind
        from .roles.kind import RolesKind

        kinds.register(RightsKind())
        kinds.register(ConfigurationKind())
        kinds.register(RolesKind())
        views.put_in_place()
        trust.connect()
        register_needs_factor(trust.holds)
        register_prospect(waiting.prospects)
        register_due("reminders of proposals", mails.remind)
        register_trace(actions.forget_proposals)
