from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Review; the judge of publications."""

    name = "cms.publishing.review"
    label = "review"
    verbose_name = _("Review")

    def ready(self) -> None:
        from cms.pages.publication import judge_with
        from cms.pages.states import register_prospect
        from cms.store.notices import register_updates

        from . import checks, gate, receivers, recorded_models, states, updates  # noqa: F401 - checks register themselves

        judge_with(gate.judge)
        register_updates(updates.updates)
        register_prospect(states.prospects)
        receivers.connect()
        recorded_models.connect()
