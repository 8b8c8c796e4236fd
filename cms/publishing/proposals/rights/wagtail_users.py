"""Wagtail's users app, told of our views."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """In INSTALLED_APPS in place of `wagtail.users`."""

    user_viewset = "cms.publishing.proposals.rights.viewsets.UserViewSet"
