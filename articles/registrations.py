"""What this app adds to the API and the search, at start-up."""


def register() -> None:
    """Registers filters, orderings and the text of each page type that search finds."""
    from . import search_text
    from .api import filters

    filters.register()
    search_text.register()
