"""A table of tasks as it is copied from Word or Excel, read into tasks.

Pure but for the names of units, which are looked up.
"""

import csv
import datetime
import io
import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.translation import gettext as _

from cms.core.text import fold, normalise

from ..register.models import Unit
from .models import PlanTask
from .periods import Precision, read_period

# What offices write above a column, without diacritics → what it holds. "" is left aside.
HEADINGS = [
    ("phoi hop", "supporting"),
    ("chu tri", "lead"),
    ("don vi thuc hien", "lead"),
    ("thoi han", "deadline"),
    ("thoi gian", "deadline"),
    ("san pham", "deliverable"),
    ("ket qua", "deliverable"),
    ("ghi chu", "note"),
    ("nhiem vu", "title"),
    ("noi dung", "title"),
    ("cong viec", "title"),
    ("stt", ""),
    ("tt", ""),
    ("so thu tu", ""),
]
# Where no row of headings says it.
ORDER = ["title", "lead", "supporting", "deadline", "deliverable", "note"]
# Office suites quote nothing else, and nobody plans more at once.
MAX_ROWS = 300


@dataclass
class TableReading:
    """`tasks` are unsaved, with the units that support them; `problems` keep all of it from being taken, `unread`
    doesn't.
    """

    tasks: list[tuple[PlanTask, list[Unit]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_table(text: str) -> TableReading:
    """Return the tasks of a table whose cells are separated by tabs, with or without a row of headings."""
    reading = TableReading()
    try:
        rows = [[normalise(cell).strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter="\t")]
    except csv.Error:
        rows = []
    rows = [row for row in rows if any(row)]
    if not rows:
        reading.problems.append(_("There is no table in what was pasted."))
        return reading
    columns = _columns(rows[0])
    if columns:
        rows = rows[1:]
    else:
        numbered = all(re.fullmatch(r"\d{0,3}[.)]?", row[0]) for row in rows) and len(rows[0]) > 1
        columns = dict(enumerate(["", *ORDER] if numbered else ORDER))
    if len(rows) > MAX_ROWS:
        reading.problems.append(_("More than %(most)s rows: paste them in parts.") % {"most": MAX_ROWS})
        return reading
    units = {fold(unit.name): unit for unit in Unit.objects.all()}
    for number, row in enumerate(rows, start=1):
        cells = {columns[place]: cell for place, cell in enumerate(row) if columns.get(place) and cell}
        _read_row(number, cells, units, reading)
    return reading


def _columns(row):
    found = {}
    for place, cell in enumerate(row):
        folded = fold(cell)
        name = next((name for words, name in HEADINGS if folded == words or (len(words) > 3 and words in folded)), None)
        if name is not None:
            found[place] = name
    return found if "title" in found.values() else {}


def _read_row(number, cells, units, reading) -> None:
    title = " ".join(cells.get("title", "").split())
    if not title:
        # A heading of a group, or a row of numbers of columns.
        return
    if len(title) > PlanTask._meta.get_field("title").max_length:
        reading.problems.append(
            _("Row %(number)s: the name of the task is too long (500 characters at most).") % {"number": number}
        )
        return
    notes = [cells["note"]] if "note" in cells else []
    lead, unknown = _units(cells.get("lead", ""), units)
    supporting, unknown_too = _units(cells.get("supporting", ""), units)
    if len(lead) > 1:
        supporting = [*lead[1:], *supporting]
    for label, names in ((_("Lead unit"), unknown), (_("Coordinating units"), unknown_too)):
        if names:
            notes.append(f"{label}: {', '.join(names)}")
            reading.unread += names
    precision, day = read_deadline(cells.get("deadline", ""))
    if cells.get("deadline") and precision == Precision.NONE:
        notes.append(f"{_('Deadline')}: {cells['deadline']}")
        reading.unread.append(cells["deadline"])
    deliverable = " ".join(cells.get("deliverable", "").split())
    if len(deliverable) > 300:
        notes.append(f"{_('Deliverable')}: {deliverable}")
        deliverable = ""
    task = PlanTask(
        title=title,
        description="".join(f"<p>{escape(note)}</p>" for note in notes),
        lead_unit=lead[0] if lead else None,
        deadline_precision=precision,
        deadline_on=day,
        deliverable=deliverable,
    )
    reading.tasks.append((task, list(dict.fromkeys(supporting))))


def _units(text: str, units):
    """(units that the register has, names that it hasn't) of a cell."""
    if fold(text) in units:
        return [units[fold(text)]], []
    names = [name.strip(" -–•.") for name in re.split(r"[,;\n]", text)]
    known = [units[fold(name)] for name in names if fold(name) in units]
    return known, [name for name in names if name and fold(name) not in units]


def read_deadline(text: str) -> tuple[str, datetime.date | None]:
    """Precision and day of a deadline as offices write it; (none, None) for what is none."""
    text = " ".join(text.split()).rstrip(".")
    folded = re.sub(r"^(truoc|den|xong truoc|hoan thanh trong|trong|het)( ngay)? ", "", fold(text))
    if "thuong xuyen" in folded or "lien tuc" in folded:
        return Precision.ONGOING, None
    day = re.fullmatch(r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", folded)
    if day:
        try:
            return Precision.DAY, datetime.date(int(day[3]), int(day[2]), int(day[1]))
        except ValueError:
            return Precision.NONE, None
    month = re.fullmatch(r"(\d{1,2})[/.-](\d{4})", folded)
    try:
        period = read_period(f"tháng {month[1]}/{month[2]}" if month else folded)
    except ValueError:
        return Precision.NONE, None
    if "-H" in period.code:
        return Precision.HALF_YEAR, period.end
    if "-Q" in period.code:
        return Precision.QUARTER, period.end
    if "-" in period.code:
        return Precision.MONTH, period.end
    return Precision.DAY, period.end
