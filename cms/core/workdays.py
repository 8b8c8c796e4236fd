"""Working days of an office in Vietnam."""

from datetime import datetime, timedelta

import holidays
from django.utils import timezone

_CALENDAR = holidays.country_holidays("VN")


def is_working_day(moment: datetime) -> bool:
    """Return whether offices work on the day of `moment`, in their zone: Monday to Friday, no holiday (Labour Code
    2019, article 112).
    """
    day = timezone.localdate(moment)
    return day.weekday() < 5 and day not in _CALENDAR


def working_day_after(moment: datetime) -> datetime:
    """Return the same time on the next working day."""
    later = timezone.localtime(moment) + timedelta(days=1)
    while not is_working_day(later):
        later += timedelta(days=1)
    return later
