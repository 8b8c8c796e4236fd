"""The rich text features of this project, and what every creation of a page goes through."""

from wagtail import hooks

from .creation import begin_creation
from .link_handlers import PreloadedDocumentLinkHandler, PublicPageLinkHandler

hooks.register("before_create_page", begin_creation)


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features):
    """Puts our handlers in the place of Wagtail's."""
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(PreloadedDocumentLinkHandler)
