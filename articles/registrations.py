"""What this app adds to the API, the search and the record, at start-up."""


def register() -> None:
    """Registers filters, orderings, the text of each page type that search finds, and what the record follows."""
    from cms.record.watch import watch

    from . import search_text
    from .api import filters
    from .models import Category, Issuer, Sector, Unit

    filters.register()
    search_text.register()
    for model in (Category, Issuer, Sector, Unit):
        watch(model, ignore={"sort_name"})
