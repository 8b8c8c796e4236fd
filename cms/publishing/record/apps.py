from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """The record."""

    name = "cms.publishing.record"
    label = "record"
    verbose_name = _("Record")
