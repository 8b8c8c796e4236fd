from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search; follows publication."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.api.registry import Ordering, register_ordering, register_search
        from cms.pages.followers import follow_page

        from . import index, ranking

        follow_page("search", index.index_page)
        register_search(ranking.search_pages)
        register_ordering("title", Ordering("search_entry__sort_title"))
