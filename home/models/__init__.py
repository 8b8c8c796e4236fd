"""The home page, standard pages and the settings of the site."""

from .pages import HomePage, StandardPage
from .promoted import PromotedResult, SearchSettings
from .settings import MenuItem, SiteSettings

__all__ = ["HomePage", "MenuItem", "PromotedResult", "SearchSettings", "SiteSettings", "StandardPage"]
