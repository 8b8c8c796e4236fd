"""Comparisons of single values in words: dates as offices write them, nothing for nothing, yes and no."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin import compare

from cms.core.dates import format_date


def in_words(value: Any) -> str:
    """Return a value of a field as people read it."""
    if value is None or value == "":
        return _("(empty)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{local:%H:%M} {format_date(local.date())}"
    if isinstance(value, datetime.date):
        return format_date(value)
    return str(value)


class InWordsComparison(compare.FieldComparison):
    """As Wagtail's, which shows `None` and ISO dates (seen in Wagtail 8.0.1)."""

    def htmldiff(self) -> Any:
        if self.val_a == self.val_b:
            return escape(in_words(self.val_a))
        changes = [("deletion", in_words(self.val_a)), ("equal", " → "), ("addition", in_words(self.val_b))]
        return compare.TextDiff(changes).to_html()


def register() -> None:
    """Register it for values that are no text."""
    for field in (models.DateField, models.DateTimeField, models.BooleanField, models.IntegerField):
        compare.register_comparison_class(field, comparison_class=InWordsComparison)
