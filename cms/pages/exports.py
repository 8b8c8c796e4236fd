"""Exports of the admin that no spreadsheet computes: Wagtail's write titles and names as they are."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Any) -> Any:
    """Return text that no spreadsheet computes; other values as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def protect() -> None:
    """Let every export of Wagtail's write what is harmless, whatever else it does to a value."""
    prepare = SpreadsheetExportMixin.preprocess_field_value

    def prepare_harmless(view: Any, field: str, value: Any, export_format: str) -> Any:
        return harmless(prepare(view, field, value, export_format))

    SpreadsheetExportMixin.preprocess_field_value = prepare_harmless
