from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewsConfig(AppConfig):
    """Links by which another front end shows the draft of one page."""

    name = "cms.delivery.previews"
    label = "previews"
    verbose_name = _("Preview links")

    def ready(self) -> None:
        from cms.pages.signals import erasing

        from . import links

        erasing.connect(links.page_erased, dispatch_uid="previews.page_erased")
