"""Tasks that are added at once: from a table of Word or Excel, and from what another plan left undone."""

from datetime import date

import pytest
from django.urls import reverse

from articles.models import Unit
from articles.plans.periods import Precision
from articles.plans.task_table import read_deadline, read_table
from cms.accounts.roles import EDITOR, REVIEWER
from tests.factories import fresh

TABLE = """TT\tNội dung nhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời hạn\tSản phẩm
I\t\t\t\t\t
1\tTổ chức đối thoại\tBan Dân vận\tHội Nông dân; Đoàn Thanh niên\tQuý III/2026\tBáo cáo
2\tTập huấn cán bộ\tBan Dân vận\tSở Nội vụ\t31/12/2026\tKế hoạch
3\tNắm tình hình\tHội Nông dân\t\tthường xuyên\t
"""


@pytest.fixture
def units(db):
    return {name: Unit.objects.create(name=name) for name in ("Ban Dân vận", "Hội Nông dân", "Đoàn Thanh niên")}


def test_a_table_with_headings(units):
    reading = read_table(TABLE)
    assert reading.problems == []
    (talk, supported), (training, nobody), (watch, _none) = reading.tasks
    assert (talk.title, talk.lead_unit, talk.deliverable) == ("Tổ chức đối thoại", units["Ban Dân vận"], "Báo cáo")
    assert supported == [units["Hội Nông dân"], units["Đoàn Thanh niên"]]
    assert (talk.deadline_precision, talk.deadline_on) == (Precision.QUARTER, date(2026, 9, 30))
    assert (training.deadline_precision, training.deadline_on, nobody) == (Precision.DAY, date(2026, 12, 31), [])
    # What the register doesn't know is not lost.
    assert training.description == "<p>Đơn vị phối hợp: Sở Nội vụ</p>"
    assert reading.unread == ["Sở Nội vụ"]
    assert watch.deadline_precision == Precision.ONGOING


def test_a_table_without_headings(units):
    reading = read_table("1\tViệc một\tBan Dân vận\n2\tViệc hai\n")
    assert [task.title for task, _units in reading.tasks] == ["Việc một", "Việc hai"]
    assert reading.tasks[0][0].lead_unit == units["Ban Dân vận"]


def test_cells_of_several_lines(units):
    reading = read_table('Nhiệm vụ\tPhối hợp\n"Việc\nmột"\t"Hội Nông dân\nĐoàn Thanh niên"\n')
    assert [task.title for task, _units in reading.tasks] == ["Việc một"]
    assert len(reading.tasks[0][1]) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trước 15/9/2026", (Precision.DAY, date(2026, 9, 15))),
        ("tháng 7/2026", (Precision.MONTH, date(2026, 7, 31))),
        ("7/2026", (Precision.MONTH, date(2026, 7, 31))),
        ("6 tháng cuối năm 2026", (Precision.HALF_YEAR, date(2026, 12, 31))),
        ("Năm 2026", (Precision.DAY, date(2026, 12, 31))),
        ("31/2/2026", (Precision.NONE, None)),
        ("sớm", (Precision.NONE, None)),
        ("", (Precision.NONE, None)),
    ],
)
def test_deadlines_as_offices_write_them(text, expected):
    assert read_deadline(text) == expected


def test_the_screen_adds_to_the_draft(office, login, units):
    plan = office.draft(office.plans, office.plan(tasks=[{"title": "Đã có"}]))
    response = login(EDITOR).post(reverse("articles_add_tasks", args=[plan.pk]), {"table": TABLE})
    assert response.url == reverse("wagtailadmin_pages:edit", args=[plan.pk])
    tasks = fresh(plan).get_latest_revision_as_object().tasks.all()
    assert [task.title for task in tasks] == ["Đã có", "Tổ chức đối thoại", "Tập huấn cán bộ", "Nắm tình hình"]
    assert len(tasks[1].supporting_units.all()) == 2


def test_a_problem_in_one_row_adds_nothing(office, login, units):
    plan = office.draft(office.plans, office.plan())
    response = login(EDITOR).post(
        reverse("articles_add_tasks", args=[plan.pk]), {"table": f"Nhiệm vụ\nViệc\n{'dài ' * 200}"}
    )
    assert "Dòng 2" in response.content.decode()
    assert "dài dài" in response.content.decode()
    assert fresh(plan).get_latest_revision_as_object().tasks.count() == 0


def test_a_plan_that_is_half_done_takes_tasks_too(office, login, units):
    plan = office.draft(office.plans, office.plan())
    draft = fresh(plan).get_latest_revision_as_object()
    draft.period = ""
    draft.save_revision(clean=False)
    login(EDITOR).post(reverse("articles_add_tasks", args=[plan.pk]), {"table": TABLE})
    assert fresh(plan).get_latest_revision_as_object().tasks.count() == 3


def test_unfinished_tasks_are_copied(office, login, units):
    tasks = [{"title": "Xong", "state": "done"}, {"title": "Dở dang", "state": "in_progress", "progress": 40}]
    before = office.publish(office.plans, office.plan("Quý II", "2026-Q2", tasks))
    plan = office.draft(office.plans, office.plan("Quý III", "2026-Q3"))
    client = login(EDITOR)
    client.post(reverse("articles_add_tasks", args=[plan.pk]), {"copy": before.pk})
    copies = fresh(plan).get_latest_revision_as_object().tasks.all()
    assert [(task.title, task.progress) for task in copies] == [("Dở dang", 40)]
    for wrong in ("", "x", "999999", str(plan.pk), "²"):
        assert (
            "Hãy chọn kế hoạch"
            in client.post(reverse("articles_add_tasks", args=[plan.pk]), {"copy": wrong}).content.decode()
        )


def test_who_may_not_change_the_plan_does_not_add_to_it(office, login, units):
    plan = office.draft(office.plans, office.plan())
    address = reverse("articles_add_tasks", args=[plan.pk])
    assert login(REVIEWER).post(address, {"table": TABLE}).status_code in (302, 403)
    office.submit(plan)
    login(EDITOR).post(address, {"table": TABLE})
    assert fresh(plan).get_latest_revision_as_object().tasks.count() == 0
