"""The form of an endpoint."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.store.feed import known_types
from cms.store.models import ChangeLogKind

from .models import Endpoint

# What is public and no page, as people call it.
COLLECTIONS = {
    "categories": _("Categories"),
    "document-types": _("Types of documents"),
    "documents": _("Files"),
    "images": _("Images"),
    "issuers": _("Issuers"),
    "redirects": _("Redirects"),
    "sectors": _("Sectors"),
    "site": _("Settings of the site"),
    "tags": _("Tags"),
    "units": _("Units"),
}


def label_of(name: str) -> Any:
    """Return how people call the type `name` of the API, and that name, which programmers look for."""
    called = apps.get_model(name)._meta.verbose_name_plural if "." in name else COLLECTIONS.get(name, name)
    return format_html("{} <code>{}</code>", capfirst(called), name)


class EndpointForm(WagtailAdminModelForm):
    """Kinds and types are ticked; none means all."""

    url = forms.URLField(
        label=capfirst(_("address")),
        max_length=1000,
        assume_scheme="https",
        help_text=_("https://…: each change is posted there"),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of changes"),
        choices=ChangeLogKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means all"),
    )
    types = forms.MultipleChoiceField(
        label=_("Types"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None means all")
    )

    class Meta:
        model = Endpoint
        fields = ["name", "url", "kinds", "types", "owner", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = [(name, label_of(name)) for name in sorted(known_types())]
        if self.instance.pk is None:
            self.fields["owner"].initial = self.for_user
