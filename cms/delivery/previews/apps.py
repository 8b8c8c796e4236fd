from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewsConfig(AppConfig):
    """Links by which another front end shows the draft of one page."""

    name = "cms.delivery.previews"
    label = "previews"
    verbose_name = _("Preview links")

    def ready(self) -> None:
        from cms.publishing.record.traces import register_trace

        from . import links

        register_trace(links.forget_links)
