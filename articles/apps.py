from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Page types, the register, and what they add to the registries."""

    name = "articles"
    verbose_name = _("Articles, documents and plans")

    def ready(self) -> None:
        from . import registrations
        from .directives import chooser

        registrations.register()
        chooser.put_in_place()
