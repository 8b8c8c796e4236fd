"""Inputs of the admin."""

from typing import Any

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


class StrictMixin:
    """Leaves what was typed as it is: the picker would turn 31/2/2016 into 02/03/2016 and a word into today."""

    def get_config(self) -> Any:
        return {**super().get_config(), "validateOnBlur": False}


class DateInput(StrictMixin, AdminDateInput):
    """Wagtail's date picker."""


class DateTimeInput(StrictMixin, AdminDateTimeInput):
    """Wagtail's picker of date and time."""


def register() -> None:
    """Make them the inputs of all date fields of models."""
    register_form_field_override(models.DateField, override={"widget": DateInput})
    register_form_field_override(models.DateTimeField, override={"widget": DateTimeInput})
