"""Where API keys are found in the admin."""

from typing import Any

from wagtail import hooks

from .views import ApiKeyViewSet


@hooks.register("register_admin_viewset")
def register_viewset() -> Any:
    """Return the screens of this app."""
    return ApiKeyViewSet()
