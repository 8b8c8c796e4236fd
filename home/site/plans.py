"""The tasks of a plan, in the order that the reader chooses."""

from django.http import Http404
from django.utils.translation import gettext as _

VIEW = "xem"
BY_UNIT, BY_DEADLINE, OVERDUE = "don-vi", "thoi-han", "qua-han"


def plan_views(form, request) -> list[dict]:
    """The three views of a plan with their addresses; 404 for another."""
    current = request.GET.get(VIEW, BY_UNIT)
    overdue = form["summary"]["overdue"]
    views = [
        (BY_UNIT, _("By unit")),
        (BY_DEADLINE, _("By deadline")),
        (OVERDUE, _("Only overdue tasks (%(count)s)") % {"count": overdue}),
    ]
    if current not in {code for code, _name in views}:
        raise Http404
    return [{"code": code, "name": name, "href": f"?{VIEW}={code}", "current": code == current} for code, name in views]


def plan_groups(tasks, view) -> list[dict]:
    """The tasks in groups with a heading each (None for none), numbered as in the plan."""
    numbered = [{**task, "number": number} for number, task in enumerate(tasks, start=1)]
    if view == OVERDUE:
        return [{"name": None, "tasks": [task for task in numbered if task["timeliness"]["code"] == "overdue"]}]
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
