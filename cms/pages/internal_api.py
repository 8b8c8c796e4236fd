"""Wagtail's API for its own screens, without what would change pages."""

from wagtail.admin.api.views import PagesAdminAPIViewSet


def close_actions() -> None:
    """Take the actions on pages away. No screen asks for them (Wagtail 8.0), and two of them (reverting, converting an
    alias) want no more than that somebody may open the editor, which reviewers and approvers may in order to read.
    """
    PagesAdminAPIViewSet.actions = {}
