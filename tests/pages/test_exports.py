"""Wagtail's own exports compute nothing."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cms.accounts.roles import EDITOR

FORMULA = '=HYPERLINK("http://x")'
ADDRESSES = [
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
]


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_title_is_no_formula(office, login, name, form):
    office.publish(office.news, office.article(FORMULA))
    office.submit(office.draft(office.news, office.article(FORMULA)))
    response = login(EDITOR).get(reverse(name), {"export": form})
    content = b"".join(response.streaming_content)
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    else:
        cells = [cell.value for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell) for cell in cells)
    assert [cell for cell in cells if isinstance(cell, str) and cell.startswith(("=", "+", "@"))] == []
