"""What leaves a task plan: its API form, and by what it is found."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from rest_framework import serializers
from wagtail.api import APIField
from wagtail.models import Page

from cms.core.schemas import DATE, HTML, INTEGER, STRING, array, nullable, obj, ref
from cms.core.schemas import coded as coded_schema
from cms.pages.rich_text import display_html
from cms.store.projection.backlinks import CitedByField
from cms.store.projection.fields import RichTextSerializer, SnippetField, coded, snippet
from cms.store.projection.references import references_to
from search.registry import SearchText

from ..projection import FoundBy, OrderedBy, TypeProjection, entry_of, other
from .periods import Precision, deadline_name, parse_period
from .timeliness import DUE_SOON, PlanTaskState, Timeliness, summary, timeliness_as_of


class PeriodField(serializers.Field):
    """The period with its first and last day."""

    api_schema = nullable(obj({"code": STRING, "start": DATE, "end": DATE, "name": STRING}))

    def to_representation(self, value: Any) -> Any:
        try:
            period = parse_period(value)
        except ValueError:  # a draft
            return None
        return {
            "code": period.code,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "name": period.name,
        }


class BasisField(serializers.Field):
    """The documents on which the plan rests: page references, or the text of one that is not in the register."""

    api_schema = array({"oneOf": [ref("PageReference"), obj({"text": STRING})]})

    def to_representation(self, rows: Any) -> Any:
        forms = []
        for row in rows.all():
            if row.directive_id:
                forms += references_to([row.directive_id])
            elif row.text:
                forms.append({"text": row.text})
        return forms


def _timeliness(task, day):
    return timeliness_as_of(task.state, task.deadline_precision, task.deadline_day, task.done_on, day)


class DerivedField(serializers.Field):
    """A field that depends on the day that is asked for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    @property
    def day(self) -> Any:
        return self.context.get("as_of") or timezone.localdate()


class TasksField(DerivedField):
    """The tasks in their order."""

    @property
    def api_schema(self) -> dict:
        """Its shape."""
        return array(
            obj(
                {
                    "id": INTEGER,
                    "title": STRING,
                    "description": HTML,
                    "lead_unit": nullable(ref("Snippet")),
                    "supporting_units": array(ref("Snippet")),
                    "deadline": obj(
                        {
                            "precision": {"type": "string", "enum": Precision.values},
                            "date": nullable(DATE),
                            "name": STRING,
                        }
                    ),
                    "deliverable": STRING,
                    "state": coded_schema(PlanTaskState.values),
                    "progress": nullable(INTEGER),
                    "done_on": nullable(DATE),
                    "result": STRING,
                    "timeliness": coded_schema(Timeliness.values),
                }
            )
        )

    def to_representation(self, page: Page) -> Any:
        return [self.task(task) for task in page.tasks.all()]

    def task(self, task: Any) -> Any:
        """Return the form of one task."""
        return {
            "id": task.pk,
            "title": task.title,
            "description": display_html(task.description),
            "lead_unit": snippet(task.lead_unit),
            "supporting_units": [snippet(unit) for unit in task.supporting_units.all()],
            "deadline": {
                "precision": task.deadline_precision,
                "date": task.deadline_day.isoformat() if task.deadline_day else None,
                "name": deadline_name(task.deadline_precision, task.deadline_day),
            },
            "deliverable": task.deliverable,
            "state": coded(task.state, dict(PlanTaskState.choices)),
            "progress": task.progress,
            "done_on": task.done_on.isoformat() if task.done_on else None,
            "result": task.result,
            "timeliness": coded(_timeliness(task, self.day), dict(Timeliness.choices)),
        }


class SummaryField(DerivedField):
    """What the plan comes to."""

    api_schema = obj(
        {
            "as_of": DATE,
            **dict.fromkeys(["total", "done", "overdue", "in_progress", "not_started", "due_soon"], INTEGER),
        }
    )

    def to_representation(self, page: Page) -> Any:
        counts = summary([(task.state, _timeliness(task, self.day)) for task in page.tasks.all()])
        return {"as_of": self.day.isoformat(), **counts}


class PreviousField(serializers.Field):
    """What came of the period before."""

    api_schema = obj({"results": HTML, "limitations": HTML})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> Any:
        return {
            "results": display_html(page.previous_results),
            "limitations": display_html(page.previous_limitations),
        }


FIELDS = [
    APIField("period", serializer=PeriodField()),
    APIField("organisation", serializer=SnippetField()),
    APIField("basis", serializer=BasisField(source="basis_items")),
    APIField("introduction", serializer=RichTextSerializer()),
    APIField("tasks", serializer=TasksField()),
    APIField("summary", serializer=SummaryField()),
    APIField("previous", serializer=PreviousField()),
    APIField("cited_by", serializer=CitedByField()),
]


def units_of(page: Any) -> list[int]:
    """Return the ids of the units that a plan names: whose it is, who leads its tasks, who supports them."""
    units = {page.organisation_id}
    for task in page.tasks.all():
        units |= {task.lead_unit_id, *(unit.pk for unit in task.supporting_units.all())}
    return sorted(units - {None})


def years_of(page: Any) -> Iterable[int]:
    """Return the years of the period."""
    if not (page.period_start and page.period_end):
        return ()
    return range(page.period_start.year, page.period_end.year + 1)


def search_text(form: dict[str, Any]) -> SearchText:
    """Return what the search finds of a plan: all that its page shows of its tasks, with their units and what they are
    to give.
    """
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
        kind=("plan", capfirst(gettext("task plan"))),
        summary=form["introduction"],
        keywords=[period["name"] if period else "", (form["organisation"] or {}).get("name", "")],
        body=[tasks, form["previous"]["results"], form["previous"]["limitations"]],
        date=period and period["start"],
    )


def on_day(form: dict[str, Any], day: date) -> dict[str, Any]:
    """Return the form of a plan as of `day`."""
    labels, tasks = dict(Timeliness.choices), []
    for task in form["tasks"]:
        tasks.append({**task, "timeliness": coded(timeliness_of(task, day), labels)})
    counts = summary([(task["state"]["code"], task["timeliness"]["code"]) for task in tasks])
    return {**form, "tasks": tasks, "summary": {"as_of": day.isoformat(), **counts}}


def timeliness_of(task: dict[str, Any], day: date) -> Timeliness:
    """Return where a task, of which this is the form, stands on a day."""
    deadline, done_on = task["deadline"], task["done_on"]
    return timeliness_as_of(
        task["state"]["code"],
        deadline["precision"],
        date.fromisoformat(deadline["date"]) if deadline["date"] else None,
        date.fromisoformat(done_on) if done_on else None,
        day,
    )


def changes_on(form: dict[str, Any], day: date) -> date | None:
    """Return the first day after `day` on which a task stands otherwise."""
    days = set()
    for task in form["tasks"]:
        if task["deadline"]["date"] and task["state"]["code"] != PlanTaskState.DONE:
            deadline = date.fromisoformat(task["deadline"]["date"])
            days |= {deadline - DUE_SOON, deadline + timedelta(days=1)}
    return min((one for one in days if one > day), default=None)


PROJECTION = TypeProjection(
    found_by=(FoundBy("unit", units_of, entry_of("units")), FoundBy("year", years_of)),
    ordered_by=(
        OrderedBy("period", lambda form: form["period"] and form["period"]["start"]),
        OrderedBy("period_end", lambda form: form["period"] and form["period"]["end"], offered=False),
    ),
    search_text=search_text,
    filters=(other("articles.plans.filters.PeriodFilter"),),
    on_day=on_day,
    next_change=changes_on,
)
