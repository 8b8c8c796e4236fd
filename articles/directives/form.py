"""The editor's form for a document of the register."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.text import vietnamese_slug
from cms.pages.base import SLUG_LENGTH
from cms.pages.form import PortalPageForm

from .duplicates import exact_duplicates
from .reference_numbers import parse_reference

_DERIVED = ("number", "symbol", "family", "title", "slug")


class DirectivePageForm(PortalPageForm):
    """Derives again what the editor has not corrected, and refuses a duplicate on submission.

    While drafting, duplicates and clashes are warnings: `articles.wagtail_hooks`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _DERIVED:
            if name in self.fields:
                self.fields[name].required = False
        if "title" in self.fields:
            self.fields["title"].help_text = _("Left empty, it is made from type, reference and date.")
        self._derived_before = self._derived_values()

    def _derived_values(self):
        """Return what would be derived from the page as it is stored, to tell corrections from derivations."""
        page = type(self.instance)(
            document_type=self.instance.document_type,
            reference_as_printed=self.instance.reference_as_printed,
            subject=self.instance.subject,
            status=self.instance.status,
            issued_on=self.instance.issued_on,
        )
        page.derive()
        derived = {name: getattr(page, name) for name in ("number", "symbol", "family", "title")}
        if not self.instance.live:
            # The address of a live page stays, whatever its fields become.
            derived["slug"] = vietnamese_slug(page.slug_source())[:SLUG_LENGTH]
        return derived

    def clean(self) -> Any:
        cleaned_data = super().clean()
        for name, before in self._derived_before.items():
            untouched = name not in self.changed_data and name in cleaned_data
            value = cleaned_data.get(name) or ""
            # A slug that was taken got a number.
            if untouched and before in {value, re.sub(r"-[0-9]+$", "", value) if name == "slug" else value}:
                cleaned_data[name] = ""
        printed = cleaned_data.get("reference_as_printed")
        if printed and not parse_reference(printed) and not cleaned_data.get("number"):
            self.add_error(
                "reference_as_printed",
                _(
                    "This is not a number and symbol such as 18-CT/TU or 30/2020/NĐ-CP. If it is printed so, give the "
                    "number under “Promote”."
                ),
            )
        self._check_dates(cleaned_data)
        return cleaned_data

    def _check_dates(self, cleaned_data) -> None:
        issued, effective, expires = (cleaned_data.get(name) for name in ("issued_on", "effective_on", "expires_on"))
        begins = effective or issued
        if begins and expires and expires < begins:
            self.add_error("expires_on", _("It can't expire before it takes effect."))

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or self.is_deferred_validation:
            return
        issuers = self._issuer_ids()
        duplicates = exact_duplicates(self.instance, issuers)
        if duplicates:
            self.add_error(
                "reference_as_printed",
                forms.ValidationError(
                    _("The register has this document already: %(title)s"),
                    params={"title": duplicates[0].title},
                ),
            )

    def _issuer_ids(self):
        formset = self.formsets.get("directive_issuers")
        if formset is None or not formset.is_bound:
            return {row.issuer_id for row in self.instance.directive_issuers.all()}
        return {
            form.cleaned_data["issuer"].pk
            for form in formset.forms
            if form.is_valid() and form.cleaned_data.get("issuer") and not form.cleaned_data.get("DELETE")
        }
