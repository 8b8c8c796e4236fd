from django.apps import AppConfig


class APIConfig(AppConfig):
    """The API; gives the preview its forms."""

    name = "cms.api"
    label = "api"

    def ready(self) -> None:
        from cms.core.preview import represent_with
        from cms.store.projection.representation import represent

        represent_with(represent)
