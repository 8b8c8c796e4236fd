"""Where webhooks are found in the admin."""

from typing import Any

from wagtail import hooks

from .views import EndpointViewSet


@hooks.register("register_admin_viewset")
def register_viewset() -> Any:
    """Return the screens of this app."""
    return EndpointViewSet()
