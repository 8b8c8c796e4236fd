"""What this app adds to the API, the search, the record and the change log, at start-up."""

from django.utils.translation import gettext_lazy


def register() -> None:
    """Register what leaves each page type, and what the record and the change log follow."""
    from cms.publishing.proposals.configuration.guards import register_guarded
    from cms.publishing.record.watch import watch
    from cms.publishing.review.review_notes import register_review_note
    from cms.store.events import follow_model
    from cms.store.projection.registry import register_collection
    from search.registry import register_reader, register_state_names

    from . import filters
    from .directives import projection as directives
    from .directives import query_reading
    from .directives.validity import Validity
    from .models import ArticlePage, Category, DirectivePage, Issuer, Sector, Tag, TaskPlanPage, Unit
    from .news import projection as news
    from .plans import projection as plans
    from .register import guards, review_notes
    from .register.projection import COLLECTIONS
    from .sections import projection as sections
    from .sections.models import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage

    news.PROJECTION.register(ArticlePage)
    directives.PROJECTION.register(DirectivePage)
    plans.PROJECTION.register(TaskPlanPage)
    filters.register()
    register_reader(query_reading.read)
    register_state_names(dict(Validity.choices))
    for section in (ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage):
        sections.PROJECTION.register(section)
    for collection in COLLECTIONS:
        register_collection(collection)
    for model in (Category, Issuer, Sector, Unit, Tag):
        follow_model(model)
    register_review_note(review_notes.new_entries)
    shows_it = gettext_lazy("Public pages that show it: %(count)s. All of them say the new name at once.")
    register_guarded(Category, guards.pages_of_category, shows_it)
    for model in (Issuer, Sector, Unit):
        register_guarded(model, guards.pages_altered, shows_it)
    for model in (Category, Issuer, Sector, Unit):
        watch(model, ignore={"sort_name"})
