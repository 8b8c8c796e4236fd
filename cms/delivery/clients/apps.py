from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    """Other apps that have a key, and how much anybody may ask of the API."""

    name = "cms.delivery.clients"
    label = "clients"
    verbose_name = _("API keys")

    def ready(self) -> None:
        from cms.publishing.record.watch import watch

        from .models import ApiKey

        watch(ApiKey, ignore={"digest"})
