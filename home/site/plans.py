"""The tasks of a plan, in the order that the reader chooses."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

VIEW = "xem"
BY_UNIT, BY_DEADLINE, OVERDUE = "don-vi", "thoi-han", "qua-han"
# What the counts of a plan lead to, by their names in the summary.
COUNTED = {
    "done": "hoan-thanh",
    "in_progress": "dang-thuc-hien",
    "overdue": OVERDUE,
    "not_started": "chua-thuc-hien",
}


def plan_views(form: Any, request: HttpRequest) -> list[dict]:
    """Return the views of a plan with their addresses, and the one of a count where that is chosen; 404 for another."""
    current = request.GET.get(VIEW, BY_UNIT)
    overdue = form["summary"]["overdue"]
    views = [
        (BY_UNIT, _("By unit")),
        (BY_DEADLINE, _("By deadline")),
        (OVERDUE, _("Only overdue tasks (%(count)s)") % {"count": overdue}),
    ]
    counted = {
        COUNTED["done"]: _("Done"),
        COUNTED["in_progress"]: _("In progress"),
        COUNTED["not_started"]: _("Not started"),
    }
    if current in counted:
        views.append((current, counted[current]))
    if current not in {code for code, _name in views}:
        raise Http404
    return [{"code": code, "name": name, "href": f"?{VIEW}={code}", "current": code == current} for code, name in views]


def plan_groups(tasks: list[dict], view: str, as_of: str) -> list[dict]:
    """Return the tasks in groups with a heading each (None for none), numbered as in the plan, each with the days by
    which it is late.
    """
    numbered = [
        {**task, "number": number, "days_late": days_late(task, as_of)} for number, task in enumerate(tasks, start=1)
    ]
    if view in COUNTED.values():
        return [{"name": None, "tasks": [task for task in numbered if COUNTED.get(counted_as(task)) == view]}]
    if view == BY_DEADLINE:
        dated = sorted(
            (task for task in numbered if task["deadline"]["date"]), key=lambda task: task["deadline"]["date"]
        )
        undated = [task for task in numbered if not task["deadline"]["date"]]
        return [{"name": None, "tasks": dated + undated}]
    groups = {}
    for task in numbered:
        name = task["lead_unit"]["name"] if task["lead_unit"] else _("No lead unit named")
        groups.setdefault(name, []).append(task)
    if len(groups) == 1 and not numbered[0]["lead_unit"]:
        return [{"name": None, "tasks": numbered}]
    return [{"name": name, "tasks": found} for name, found in groups.items()]


def counted_as(task: Any) -> str:
    """Under which count of the summary a task stands: an undone one that is overdue counts as that only."""
    overdue = task["timeliness"]["code"] == "overdue"
    return "overdue" if overdue and task["state"]["code"] != "done" else task["state"]["code"]


def days_late(task: Any, as_of: str) -> int | None:
    """By how many days an overdue task is late on the day `as_of` (ISO 8601); None for any other."""
    deadline = task["deadline"]["date"]
    if counted_as(task) != "overdue" or not deadline or not as_of:
        return None
    return (datetime.date.fromisoformat(as_of) - datetime.date.fromisoformat(deadline)).days


def ended(form: Any) -> dict | None:
    """For a plan whose period is over: when it ended, and how many of its tasks were never reported as done."""
    period, summary = form["period"], form["summary"]
    if not period or not summary["as_of"] or summary["as_of"] <= period["end"]:
        return None
    return {"on": period["end"], "undone": summary["total"] - summary["done"]}
