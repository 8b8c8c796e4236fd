"""What search finds of a task plan."""

from django.utils.text import capfirst

from search.registry import SearchText

from .models import TaskPlanPage


def plan_text(form: dict) -> SearchText:
    """Return the text of a plan: all that its page shows of its tasks, with their units and what they are to give."""
    tasks = [
        [
            task["title"],
            task["description"],
            (task["lead_unit"] or {}).get("name", ""),
            [unit["name"] for unit in task["supporting_units"]],
            task["deliverable"],
            task["deadline"]["name"],
            task["result"],
        ]
        for task in form["tasks"]
    ]
    period = form["period"]
    return SearchText(
        title=form["title"],
        kind=("plan", str(capfirst(TaskPlanPage._meta.verbose_name))),
        summary=form["introduction"],
        keywords=[period["name"] if period else "", (form["organisation"] or {}).get("name", "")],
        body=[tasks, form["previous"]["results"], form["previous"]["limitations"]],
        date=period and period["start"],
    )
