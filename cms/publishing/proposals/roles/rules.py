"""Who may do what: the rights of the roles, and the steps of the workflows with the roles that take them.

All of it as rows that can be compared, kept in a proposal and stored later.
"""

from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.db.models import ForeignKey, Model
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Task,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
)
from wagtail.workflows import get_task_types

from cms.publishing.record.labels import name_of, subject_of

from ..configuration.values import values_of

_LINKS = (GroupPagePermission, GroupCollectionPermission, GroupSitePermission, WorkflowPage, WorkflowContentType)


class Thing(NamedTuple):
    """A role, a workflow or one of its tasks: its values by name, what it is called, and how many reviews are under way
    by it.
    """

    values: dict[str, Any]
    words: str
    under_way: int = 0


class Rules(NamedTuple):
    """All of them: things by (label of the model, id), and what relates them, as (label, ((column, value), …)) in the
    order of the columns' names, with what each is called.
    """

    things: dict[tuple[str, int], Thing]
    links: dict[tuple[str, tuple[tuple[str, Any], ...]], str]


def current_rules(under_way: bool = False) -> Rules:
    """Return the rules as they are stored, with how many reviews are under way where that is asked for."""
    models = thing_models().values()
    things = {
        (model._meta.label, one.pk): Thing(values_of(one), subject_of(one), _under_way(one) if under_way else 0)
        for model in models
        for one in model._default_manager.all()
    }
    links = {}
    for model in _LINKS:
        relations = relations_of(model)
        for row in model._default_manager.select_related(*(field.name for field in relations)):
            columns = sorted((field.attname, getattr(row, field.attname)) for field in relations)
            links[(model._meta.label, tuple(columns))] = name_of(row)
    return Rules(things, links)


def _under_way(one: Any) -> int:
    if isinstance(one, Workflow):
        return WorkflowState.objects.filter(workflow=one, status=WorkflowState.STATUS_IN_PROGRESS).count()
    if isinstance(one, Task):
        return TaskState.objects.filter(task=one.pk, status=TaskState.STATUS_IN_PROGRESS).count()
    return 0


def thing_models() -> dict[str, type[Model]]:
    """Return the models of roles, tasks and workflows by their labels, in the order in which they can be stored."""
    return {model._meta.label: model for model in (Group, *get_task_types(), Workflow)}


def link_models() -> dict[str, type[Model]]:
    """Return the models of what relates them, by their labels."""
    return {model._meta.label: model for model in _LINKS}


def relations_of(model: type[Model]) -> list[Any]:
    """Return the foreign keys of a model that only relates others."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
