from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search; follows publication."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.api.registry import register_search
        from cms.store.projection.companions import Companion, register_companion

        from . import derived, index, ranking
        from .models import SearchEntry

        register_companion("search", Companion(SearchEntry, index.prepare, index.write, index.differing, derived.check))
        register_search(ranking.search_items)
