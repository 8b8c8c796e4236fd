from django.apps import AppConfig


class APIConfig(AppConfig):
    """The API; gives the preview its form of a page."""

    name = "cms.api"
    label = "api"

    def ready(self):
        from cms.common.preview import represent_with

        from .represent import represent

        represent_with(represent)
