"""Which backups are kept: the newest of each of the last days, weeks and months."""

import datetime
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

_NAME = re.compile(r"portal-(\d{8}T\d{6}Z)\.tar(\.age)?")


class Keep(NamedTuple):
    """How many days, weeks and months are kept."""

    days: int
    weeks: int
    months: int

    @classmethod
    def of(cls, text: str) -> "Keep":
        """Return it from `days:weeks:months`. Raise ValueError for anything else, and where nothing would be kept."""
        parts = text.split(":")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not any(map(int, parts)):
            raise ValueError(f"{text!r} is not days:weeks:months, such as 7:4:6")
        return cls(*map(int, parts))


def backups(folder: Path) -> dict[Path, datetime.datetime]:
    """Return the backups in a folder with the time of each (UTC), newest first."""
    found = {
        path: datetime.datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
        for path in folder.glob("portal-*")
        if (match := _NAME.fullmatch(path.name))
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1], reverse=True))


def superfluous(found: dict[Path, datetime.datetime], keep: Keep) -> list[Path]:
    """Return those of `backups` that are not kept; the newest one always is."""
    kept = set(list(found)[:1])
    periods: Iterable[tuple[int, Callable[[datetime.datetime], Any]]] = (
        (keep.days, lambda at: at.date()),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    )
    for number, period in periods:
        newest: dict[Any, Path] = {}
        for path, at in found.items():
            newest.setdefault(period(at), path)
        kept |= set(list(newest.values())[:number])
    return [path for path in found if path not in kept]
