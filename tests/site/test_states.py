"""Lists, plans and results say how things stand: withdrawn, ended, late by how many days."""

import datetime
import re

import pytest
from django.utils import timezone

from articles.models import DirectivePage
from cms.accounts.roles import ADMIN, APPROVER
from cms.publishing.proposals.actions import agree
from cms.publishing.takedown.actions import take_down
from home.site.plans import ended


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def plan(office):
    today = timezone.localdate()
    tasks = [
        {"title": "Xong", "state": "done", "deadline_precision": "day", "deadline_on": today},
        {"title": "Trễ", "deadline_precision": "day", "deadline_on": today - datetime.timedelta(days=12)},
        {"title": "Chưa", "deadline_precision": "none"},
    ]
    return office.put_live(office.plans, office.plan(period=str(today.year), tasks=tasks))


def test_an_overdue_task_says_by_how_many_days(plan, client):
    today = timezone.localdate()
    assert f"12 ngày, tính đến {today.day:02d}/" in text_of(client, f"/ke-hoach/{plan.slug}/")


def test_counts_lead_to_what_they_count(plan, client):
    text = text_of(client, f"/ke-hoach/{plan.slug}/")
    for view, shown in (("hoan-thanh", "Xong"), ("qua-han", "Trễ"), ("chua-thuc-hien", "Chưa")):
        assert f'href="/ke-hoach/{plan.slug}/?xem={view}"' in text
        rows = text_of(client, f"/ke-hoach/{plan.slug}/?xem={view}").split("<tbody")[1]
        assert [name for name in ("Xong", "Trễ", "Chưa") if f". {name}<" in rows] == [shown]
    assert client.get(f"/ke-hoach/{plan.slug}/?xem=gi-do").status_code == 404
    assert "?xem=qua-han" in text_of(client, "/ke-hoach/")


def test_a_plan_whose_period_has_ended_says_so(office, client):
    plan = office.put_live(
        office.plans, office.plan(period="2021-H1", tasks=[{"title": "Việc"}, {"title": "Việc hai"}])
    )
    for path in (f"/ke-hoach/{plan.slug}/", "/ke-hoach/"):
        text = text_of(client, path)
        assert "Kỳ này đã kết thúc ngày 30/6/2021" in text
        assert "Không có báo cáo" in text
    form = {"period": None, "summary": {"as_of": "2026-01-01"}}
    assert ended(form) is None


def test_a_document_without_a_date_is_among_the_newest(office, client):
    for number in range(5):
        day = datetime.date(2010 + number, 1, 1)
        office.put_live(office.documents, office.directive(f"{number + 1}-CT/TU", issued_on=day))
    office.publish(office.documents, office.directive("99-ĐA/TU", "de-an", subject="Văn bản không rõ ngày"))
    assert "Văn bản không rõ ngày" in text_of(client, "/")


def test_a_withdrawn_document_says_so_wherever_it_is_listed(office, client):
    page = office.publish(office.documents, office.directive("18-CT/TU", subject="Công tác dân vận"))
    page = DirectivePage.objects.get(pk=page.pk)
    proposal = take_down(page, office.users[APPROVER], "withdrawn", "Ban hành nhầm.")
    agree(proposal, office.users[ADMIN], kind="withdrawn", reason="Ban hành nhầm.")
    for path in ("/van-ban/", "/tim-kiem/?q=18-CT/TU"):
        assert "Đã rút" in text_of(client, path), path
