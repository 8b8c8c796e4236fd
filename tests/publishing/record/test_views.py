"""The record in the admin: who sees it, what it says, and that no spreadsheet computes it."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cms.accounts.roles import EDITOR, REVIEWER
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record
from tests.factories import make_user

FORMULAS = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.fixture
def page(office):
    """Two versions: the second was drafted by somebody else and returned once."""
    page = office.publish(office.news, office.article("Tin"))
    office.revise(page, make_user("hai", EDITOR, full_name="Người Hai"), lead="Bản hai")
    office.submit(page)
    office.decide(page, REVIEWER, "reject", "Sai số.")
    office.revise(page, lead="Bản ba")
    return office.approve(page)


def test_every_role_reads_it(page, login, role):
    client = login(role)
    for name, args in (("record", []), ("record_trail", [page.pk]), ("record_print", [page.pk])):
        assert client.get(reverse(name, args=args)).status_code == 200, name


def test_nobody_else_does(page, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ngoai", password="password"))
    for name, args in (("record", []), ("record_trail", [page.pk])):
        assert client.get(reverse(name, args=args)).status_code in {302, 403}, name


def test_the_trail_says_who_drafted_reviewed_and_approved(page, login):
    content = login(REVIEWER).get(reverse("record_print", args=[page.pk])).content.decode()
    newest, oldest = content.split("Phiên bản 2")[1].split("Phiên bản 1")
    assert "Người Hai, Editor" in newest
    assert "Editor" in oldest
    assert "Người Hai" not in oldest
    for version in (newest, oldest):
        assert "Reviewer" in version
        assert "Approver" in version
    assert RecordEntry.objects.filter(kind=RecordKind.PUBLISHED, page_id=page.pk).last().digest in newest


def test_the_report_is_filtered(page, login):
    client = login(REVIEWER)
    response = client.get(reverse("record"), {"kind": "returned", "page_id": page.pk})
    assert [entry.reason for entry in response.context["object_list"]] == ["Sai số."]
    assert client.get(reverse("record"), {"page_id": "abc", "at_from": "31/2/2020"}).status_code == 200


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_csv_computes_nothing(db, office, login, formula):
    record(RecordKind.MOVED, subject=formula, reason=formula)
    response = login(REVIEWER).get(reverse("record"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert f"'{formula}" in rows[1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_an_xlsx_computes_nothing(office, login):
    record(RecordKind.MOVED, subject="=1+1", reason="+1")
    response = login(REVIEWER).get(reverse("record"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "'=1+1" in {cell.value for cell in cells}


def test_old_and_new_values_are_shown(office, login):
    user = office.users[EDITOR]
    user.is_active = False
    user.save()
    content = login(REVIEWER).get(reverse("record")).content.decode()
    assert "đang hoạt động: có → không" in content
