from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Images and documents; their uses follow publication."""

    name = "cms.media"
    label = "media"
    verbose_name = _("Images and documents")

    def ready(self) -> None:
        from cms.pages.middleware import register_preparation

        from . import models, permissions, preparation, uses

        register_preparation(preparation.prepare)
        permissions.register()
        models.register_fixed(uses.is_shown)
