"""The rich text features of this project."""

from wagtail import hooks

from .link_handlers import PreloadedDocumentLinkHandler, PublicPageLinkHandler


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features):
    """Puts our handlers in the place of Wagtail's."""
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(PreloadedDocumentLinkHandler)
