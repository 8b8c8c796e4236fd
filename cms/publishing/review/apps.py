from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Review, by steps that people take."""

    name = "cms.publishing.review"
    label = "review"
    verbose_name = _("Review")

    def ready(self) -> None:
        from cms.media.models import register_fixed
        from cms.pages.states import register_prospect
        from cms.publishing.proposals.kinds import register
        from cms.publishing.record.traces import register_trace
        from cms.store.notices import register_updates

        from . import checks, fixed_files, recorded_models, states, updates  # noqa: F401 - checks register themselves
        from .owed import OwedKind, forget_owed

        register(OwedKind())
        register_trace(forget_owed)
        register_updates(updates.updates)
        register_prospect(states.prospects)
        register_fixed(fixed_files.is_in_review)
        recorded_models.connect()
