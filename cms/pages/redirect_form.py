"""The form of a redirect: it may lead to a page, to another site, or to a path of ours such as a filtered list, which
Wagtail's refuses.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm as WagtailRedirectForm
from wagtail.contrib.redirects.models import Redirect

from cms.core.links import check_link


def _same(link, old):
    return Redirect.normalise_path(link).lower() == Redirect.normalise_path(old).lower()


class RedirectForm(WagtailRedirectForm):
    """Wagtail's, with paths of our own."""

    redirect_link = forms.CharField(
        label=_("Address it leads to"),
        required=False,
        max_length=255,
        help_text=_("Of this portal, such as /van-ban/?year=2016, or of another site, such as https://example.org/"),
    )

    def clean_redirect_link(self) -> Any:
        """Raise ValidationError for what is neither."""
        link = self.cleaned_data["redirect_link"].strip()
        if link:
            check_link(link)
        return link

    def clean(self) -> Any:
        cleaned_data = super().clean()
        old, link = self.cleaned_data.get("old_path"), self.cleaned_data.get("redirect_link")
        if old and link and link.startswith("/") and _same(link, old):
            self.add_error("redirect_link", _("This leads to itself."))
        if link and self.cleaned_data.get("redirect_page"):
            self.add_error("redirect_link", _("Choose a page or give an address: one of the two."))
        return cleaned_data

    def _get_validation_exclusions(self):
        # The model's own validator takes web addresses only.
        return super()._get_validation_exclusions() | {"redirect_link"}


def put_in_place() -> None:
    """Let Wagtail's views take this form; it has no setting for that (seen in Wagtail 8.0.1)."""
    views.CreateView.form_class = views.EditView.form_class = RedirectForm
