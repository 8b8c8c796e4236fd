from django.apps import AppConfig


class APIConfig(AppConfig):
    """The API; gives the preview and the change log its forms."""

    name = "cms.api"
    label = "api"

    def ready(self) -> None:
        from cms.core.preview import represent_with
        from cms.store.representation import represent

        from . import change_log

        represent_with(represent)
        change_log.register()
