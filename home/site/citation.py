"""How another document cites one of the register (Decree 30/2020, Annex I: type, number, date in words, issuer,
subject).
"""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override


def citation(form: Any) -> str:
    """Return the citation of a document's API form: `Chỉ thị số 18-CT/TU ngày 15 tháng 9 năm 2016 của Tỉnh ủy về “…”`.

    What is not known is left out. It is part of a Vietnamese text whatever language the reader's page has.
    """
    parts = [form["document_type"]["name"] if form["document_type"] else ""]
    if reference := form["reference"] or form["reference_as_printed"]:
        parts.append(f"số {reference}")
    if form["issued_on"]:
        parts.append(long_date(form["issued_on"]))
    if form["issuers"]:
        parts.append("của " + ", ".join(issuer["name"] for issuer in form["issuers"]))
    parts.append(f"về “{form['subject']}”" if form["subject"] else "")
    return " ".join(filter(None, parts))


def long_date(value: str) -> str:
    """Return an ISO date in words, as the head of a document has it: `ngày 15 tháng 9 năm 2016`."""
    with override("vi"):
        return date_format(datetime.date.fromisoformat(value), "DATE_FORMAT")
