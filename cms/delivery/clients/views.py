"""API keys in the admin, by Wagtail's screens; the key is shown once."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from .models import ApiKey, digest_of, new_key


class ApiKeyIndexView(IndexView):
    """All keys."""

    permission_required = "change"


class ApiKeyCreateView(CreateView):
    """Makes the key and shows it this once."""

    def save_instance(self) -> Any:
        key = new_key()
        self.form.instance.digest = digest_of(key)
        instance = super().save_instance()
        messages.warning(self.request, _("The key, shown this once: %(key)s") % {"key": key})
        return instance


class ApiKeyViewSet(ModelViewSet):
    """Keys of other apps, for administrators."""

    model = ApiKey
    name = "api-keys"
    icon = "key"
    menu_label = gettext_lazy("API keys")
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = ApiKeyIndexView
    add_view_class = ApiKeyCreateView
    form_fields = ["name", "contact", "per_minute", "is_active"]
    list_display = [
        "name",
        Column("per_minute", label=ApiKey._meta.get_field("per_minute").verbose_name),
        BooleanColumn("is_active", label=ApiKey._meta.get_field("is_active").verbose_name),
    ]
