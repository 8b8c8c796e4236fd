"""Periods, deadlines, timeliness, summaries."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from articles.models import PlanTask
from articles.plans.periods import deadline_name, last_day, parse_period, read_period
from articles.plans.timeliness import summary, timeliness_as_of
from tests.factories import fresh

DAY = date(2021, 10, 5)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_periods(code, start, end):
    period = parse_period(code)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("code", ["", "21", "2021-H3", "2021-Q5", "2021-13", "2021-7", "2021-H2 "])
def test_what_is_no_period(code):
    with pytest.raises(ValueError, match="not a period"):
        parse_period(code)


@pytest.mark.parametrize(
    ("precision", "day", "end"),
    [
        ("day", date(2021, 9, 12), date(2021, 9, 12)),
        ("month", date(2021, 2, 12), date(2021, 2, 28)),
        ("quarter", date(2021, 8, 1), date(2021, 9, 30)),
        ("half_year", date(2021, 3, 1), date(2021, 6, 30)),
    ],
)
def test_a_deadline_is_the_last_day_of_what_is_known(precision, day, end):
    assert last_day(precision, day) == end


def test_deadlines_are_named_as_precisely_as_they_are_known():
    with override("vi"):
        assert deadline_name("quarter", date(2021, 9, 30)) == "Quý III/2021"
        assert deadline_name("month", date(2021, 12, 31)) == "Tháng 12/2021"
        assert deadline_name("half_year", date(2021, 12, 31)) == "6 tháng cuối năm 2021"
        assert deadline_name("day", date(2021, 9, 5)) == "05/9/2021"
        assert deadline_name("ongoing", None) == "Thường xuyên"
        assert deadline_name("none", None) == "Không có thời hạn"


@pytest.mark.parametrize(
    ("state", "precision", "deadline", "done_on", "timeliness"),
    [
        ("done", "day", date(2021, 9, 30), date(2021, 9, 30), "done_on_time"),
        ("done", "day", date(2021, 9, 30), date(2021, 10, 1), "done_late"),
        ("done", "day", date(2021, 9, 30), None, "done_on_time"),
        ("in_progress", "day", date(2021, 10, 4), None, "overdue"),
        ("in_progress", "day", DAY, None, "due_soon"),
        ("not_started", "quarter", date(2021, 12, 31), None, "on_track"),
        ("not_started", "none", None, None, "no_deadline"),
        ("in_progress", "ongoing", None, None, "ongoing"),
    ],
)
def test_timeliness(state, precision, deadline, done_on, timeliness):
    assert timeliness_as_of(state, precision, deadline, done_on, DAY) == timeliness


def test_an_undone_overdue_task_counts_as_overdue_only():
    counts = summary(
        [
            ("done", "done_late"),
            ("in_progress", "overdue"),
            ("in_progress", "due_soon"),
            ("not_started", "no_deadline"),
        ]
    )
    assert counts == {"total": 4, "done": 1, "overdue": 1, "in_progress": 1, "not_started": 1, "due_soon": 1}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"deadline_precision": "day"}, "deadline_on"),
        ({"deadline_precision": "none", "deadline_on": DAY}, "deadline_on"),
        ({"state": "in_progress", "done_on": DAY}, "done_on"),
        ({"state": "done", "progress": 80}, "progress"),
        ({"state": "in_progress", "progress": 100}, "state"),
    ],
)
def test_contradictions_are_refused_at_their_field(fields, name):
    with pytest.raises(ValidationError) as error:
        PlanTask(title="Việc", **fields).clean()
    assert name in error.value.message_dict


def test_a_plan_in_the_api(office, api):
    plan = office.publish(
        office.plans,
        office.plan(
            tasks=[
                {"title": "Một", "deadline_precision": "quarter", "deadline_on": date(2021, 8, 1)},
                {"title": "Hai"},
            ]
        ),
    )
    form = api(f"pages/{plan.pk}/", as_of="2021-10-05")
    assert form["period"] == {
        "code": "2021-Q3",
        "start": "2021-07-01",
        "end": "2021-09-30",
        "name": "Quý III/2021",
    }
    assert [task["title"] for task in form["tasks"]] == ["Một", "Hai"]
    assert form["tasks"][0]["deadline"] == {
        "precision": "quarter",
        "date": "2021-09-30",
        "name": "Quý III/2021",
    }
    assert form["tasks"][0]["timeliness"]["code"] == "overdue"
    assert form["tasks"][1]["lead_unit"] is None
    assert form["summary"] == {
        "as_of": "2021-10-05", "total": 2, "done": 0, "overdue": 1, "in_progress": 0, "not_started": 1, "due_soon": 0,
    }  # fmt: skip


def test_plans_by_period_and_unit(office, api):
    from articles.models import Unit

    unit = Unit.objects.create(name="Văn phòng Ban")
    quarter = office.publish(office.plans, office.plan(tasks=[{"title": "Một", "lead_unit": unit}]))
    office.publish(office.plans, office.plan("Năm", "2022"))

    def ids(**params):
        return [item["id"] for item in api("pages/", type="articles.TaskPlanPage", **params)["items"]]

    assert ids(period="2021") == [quarter.pk]
    assert ids(period="2021-H2") == [quarter.pk]
    assert ids(period="2021-H1") == []
    assert ids(unit="van-phong-ban") == [quarter.pk]
    assert ids(year="2021") == [quarter.pk]
    office_wide = office.publish(
        office.plans, office.plan("Của Ban", "2023", organisation=Unit.objects.create(name="Ban"))
    )
    assert ids(unit="ban") == [office_wide.pk]
    assert [(unit["slug"], unit["count"]) for unit in api("units/")["items"]] == [("ban", 1), ("van-phong-ban", 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021", "2021"), ("Năm 2021", "2021"), ("2021-H2", "2021-H2"), ("6 tháng đầu năm 2021", "2021-H1"),
        ("Sáu tháng cuối năm 2021", "2021-H2"), ("Quý III/2021", "2021-Q3"), ("quý 3 năm 2021", "2021-Q3"),
        ("Tháng 7/2021", "2021-07"), ("tháng 12 năm 2021", "2021-12"),
    ],
)  # fmt: skip
def test_periods_are_read_as_offices_write_them(text, code):
    assert read_period(text).code == code


@pytest.mark.parametrize("text", ["", "quý V/2021", "tháng 13/2021", "nửa năm", "III/2021"])
def test_what_names_no_period(text):
    with pytest.raises(ValueError, match="not a period"):
        read_period(text)


def test_the_editor_shows_and_takes_the_name_of_the_period(office, login):
    page = office.draft(office.plans, office.plan(period="2021-Q3"))
    client, url = login("editor"), reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert 'value="Quý III/2021"' in client.get(url).content.decode()
    data = {"title": page.title, "slug": page.slug, "period": "Tháng 8/2021", "introduction": "null"}
    data |= {"previous_results": "null", "previous_limitations": "null"}
    for name in ("basis_items", "tasks", "comments"):
        data |= {f"{name}-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    client.post(url, data)
    page = fresh(page)
    assert (page.period, page.period_start) == ("2021-08", date(2021, 8, 1))
    response = client.post(url, {**data, "period": "Quý V/2021"})
    assert "period" in response.context["form"].errors
    client.post(url, {**data, "period": ""})
    assert fresh(page).period == ""
