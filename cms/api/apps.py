from django.apps import AppConfig


class APIConfig(AppConfig):
    """The API; gives the preview and the change log its forms."""

    name = "cms.api"
    label = "api"

    def ready(self):
        from cms.pages.preview import represent_with

        from . import log
        from .represent import represent

        represent_with(represent)
        log.register()
