"""What this app adds to the API, the search, the record and the change log, at start-up."""


def register() -> None:
    """Register filters, orderings, the text of each page type that search finds, and what the record and the change
    log follow.
    """
    from cms.publishing.record.watch import watch
    from cms.publishing.review.review_notes import register_review_note
    from cms.store.events import follow_model
    from cms.store.projection.registry import PageProjection, register_collection, register_page_projection

    from . import filters, search_text
    from .directives import projection as directives
    from .models import ArticlePage, Category, DirectivePage, Issuer, Sector, Tag, TaskPlanPage, Unit
    from .news import projection as news
    from .plans import projection as plans
    from .register import review_notes
    from .register.projection import COLLECTIONS
    from .sections import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage

    filters.register()
    for projection in (
        PageProjection(ArticlePage, news.terms, sort_keys=news.sort_keys),
        PageProjection(
            DirectivePage,
            directives.terms,
            directives.spans,
            directives.sort_keys,
            directives.on_day,
            directives.changes_on,
        ),
        PageProjection(
            TaskPlanPage, plans.terms, sort_keys=plans.sort_keys, on_day=plans.on_day, next_change=plans.changes_on
        ),
    ):
        register_page_projection(projection)
    for section in (ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage):
        register_page_projection(PageProjection(section))
    for collection in COLLECTIONS:
        register_collection(collection)
    for model in (Category, Issuer, Sector, Unit, Tag):
        follow_model(model)
    search_text.register()
    register_review_note(review_notes.new_entries)
    for model in (Category, Issuer, Sector, Unit):
        watch(model, ignore={"sort_name"})
