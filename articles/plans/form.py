"""The editor's form for a task plan."""

import contextlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.pages.form import PortalPageForm

from .periods import parse_period, read_period

EXAMPLES = _("For example: year 2021, last six months of 2021, quarter III/2021, month 7/2021")
UNREADABLE = _("Write it as offices do: Năm 2021, 6 tháng cuối năm 2021, Quý III/2021, Tháng 7/2021.")


class TaskPlanPageForm(PortalPageForm):
    """Takes and shows the period as an office calls it; its code is what is stored."""

    period = forms.CharField(label=_("Reporting period"), max_length=40, help_text=EXAMPLES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "period" in self.fields and self.instance.period:
            # A draft may hold anything, and the name in another language than Vietnamese is not one that is read.
            with contextlib.suppress(ValueError):
                name = parse_period(self.instance.period).name
                if read_period(name).code == self.instance.period:
                    self.initial["period"] = name

    def clean_period(self) -> Any:
        """Return the code of the period."""
        text = self.cleaned_data["period"]
        try:
            return read_period(text).code if text else ""
        except ValueError as error:
            raise forms.ValidationError(UNREADABLE) from error
