"""What is different between two states of the rules, as a proposal keeps it, and how it is stored.

`things` are `[label, id, old values or None, new values or None]`, `links` `[label, {column: value}, is added]`,
`words` lines of it in the language of who proposed it, `subject` what it is called there, and `gaining` the ids of the
roles that may do more.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Workflow

from cms.core.actor import current_actor
from cms.publishing.record.labels import subject_of

from ..configuration.values import lines_of, take_over
from ..kinds import Line
from .rules import Rules, current_rules, link_models, relations_of, thing_models


def between(before: Rules, after: Rules) -> dict[str, Any]:
    """Return what has changed; {} where nothing has."""
    things = [
        [label, pk, _values(before, key), _values(after, key)]
        for key in {**before.things, **after.things}
        if _values(before, key) != _values(after, key)
        for label, pk in [key]
    ]
    links = [[label, dict(row), (label, row) in after.links] for label, row in before.links.keys() ^ after.links.keys()]
    if not things and not links:
        return {}
    links.sort(key=lambda link: (link[0], str(link[1]), link[2]))
    changes = {"things": things, "links": links}
    return {
        **changes,
        "subject": _subject(changes, before, after),
        "words": _words(changes, before, after),
        "gaining": _gaining(changes, after),
    }


def check(changes: dict[str, Any]) -> None:
    """Raise ValidationError where what is to be changed is not as it was any more."""
    now = current_rules()
    same = all(pk is None or _values(now, (label, pk)) == old for label, pk, old, _new in changes["things"] if old)
    same = same and all(
        ((label, tuple(sorted(row.items()))) in now.links) != added
        for label, row, added in changes["links"]
        if not _is_of_something_new(label, row, changes)
    )
    if not same:
        raise ValidationError(_("Meanwhile it was changed: refuse this and propose it anew."))


def store(changes: dict[str, Any]) -> None:
    """Make the rules what was proposed, after `check`. Raise ValidationError for what a model does not take."""
    models, relating = thing_models(), link_models()
    for label, row, added in changes["links"]:
        if not added:
            for one in relating[label]._default_manager.filter(**row):
                one.delete()
    made: dict[tuple[str, int], int] = {}
    for label, pk, old, new in sorted(changes["things"], key=lambda thing: list(models).index(thing[0])):
        if new is None:
            models[label]._default_manager.get(pk=pk).delete()
            continue
        instance = models[label]._default_manager.get(pk=pk) if old is not None else models[label]()
        take_over(instance, new if old is None else {name: new[name] for name in new if new[name] != old[name]})
        if old is not None and _is_switched_off(old, new):
            # What is under way is withdrawn with it, as by Wagtail's screen.
            instance.deactivate(user=current_actor())
        made[(label, pk)] = instance.pk
    for label, row, added in changes["links"]:
        if added:
            model = relating[label]
            targets = {field.attname: _label_of_target(field) for field in relations_of(model)}
            model._default_manager.create(
                **{name: made.get((targets[name], value), value) for name, value in row.items()}
            )


def owner_of(row: dict[str, Any]) -> Any:
    """Return the role or workflow to which something that relates it belongs, stored or not any more."""
    model, pk = (Group, row["group_id"]) if "group_id" in row else (Workflow, row["workflow_id"])
    return model._default_manager.filter(pk=pk).first() or model(pk=pk)


def _subject(changes: dict[str, Any], before: Rules, after: Rules) -> str:
    for label, pk, _old, new in changes["things"]:
        return capfirst((after if new is not None else before).things[(label, pk)].words)
    return capfirst(subject_of(owner_of(changes["links"][0][1])))


def _is_switched_off(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return bool(old.get("active")) and new.get("active") is False


def _values(rules: Rules, key: tuple[str, int]) -> dict[str, Any] | None:
    thing = rules.things.get(key)
    return thing.values if thing is not None else None


def _label_of_target(field: ForeignKey) -> str:
    return field.related_model._meta.label


def _is_of_something_new(label: str, row: dict[str, Any], changes: dict[str, Any]) -> bool:
    new = {(thing[0], thing[1]) for thing in changes["things"] if thing[2] is None}
    return any((_label_of_target(field), row[field.attname]) in new for field in relations_of(link_models()[label]))


def _words(changes: dict[str, Any], before: Rules, after: Rules) -> list[list[str]]:
    lines = []
    for label, pk, old, new in changes["things"]:
        known = (after if new is not None else before).things[(label, pk)]
        if new is None:
            lines.append(Line(capfirst(known.words), _("there"), _("deleted")))
            continue
        if old is None:
            lines.append(Line(capfirst(known.words), "", _("new")))
        if old is not None and _is_switched_off(old, new):
            lines.append(Line(_("Reviews under way that are withdrawn"), "", str(before.things[(label, pk)].under_way)))
        differing = {
            name: _without_common((old or {}).get(name), new[name])
            for name in new
            if (old or {}).get(name) != new[name]
        }
        for line in lines_of(thing_models()[label], differing):
            if line.old or line.new:
                lines.append(Line(f"{capfirst(known.words)}, {line.label.lower()}", line.old, line.new))
    for label, row, added in changes["links"]:
        words = (after if added else before).links[(label, tuple(sorted(row.items())))]
        name = capfirst(str(link_models()[label]._meta.verbose_name))
        lines.append(Line(name, "" if added else words, words if added else ""))
    return [list(map(str, line)) for line in lines]


def _without_common(old: Any, new: Any) -> list[Any]:
    """Leave out of two lists of ids what stands in both: roles have dozens of rights."""
    if isinstance(new, list) and all(isinstance(one, int) for one in [*(old or ()), *new]):
        return [[one for one in old or () if one not in new], [one for one in new if one not in (old or ())]]
    return [old, new]


def _gaining(changes: dict[str, Any], after: Rules) -> list[int]:
    gaining = {row["group_id"] for _label, row, added in changes["links"] if added and "group_id" in row}
    workflows = {row["workflow_id"] for _label, row, added in changes["links"] if added and "workflow_id" in row}
    for label, pk, old, new in changes["things"]:
        if new is None:
            continue
        if label == Group._meta.label and set(new["permissions"]) - set((old or {}).get("permissions", ())):
            gaining.add(pk)
        gaining |= set(new.get("groups", ())) - set((old or {}).get("groups", ()))
        if new.get("active") and not (old or {}).get("active"):
            gaining |= set(new.get("groups", ()))
        if label == Workflow._meta.label and new["active"]:
            workflows.add(pk)
    for pk in workflows:
        gaining |= _taking_part(pk, after)
    # A role that is only to be made has nobody, and a number that another one may get.
    made = {pk for label, pk, old, _new in changes["things"] if label == Group._meta.label and old is None}
    return sorted(gaining - made)


def _taking_part(workflow: int, rules: Rules) -> set[int]:
    """Return the roles that take a step of a workflow: what of it changes gives more to those left or added."""
    thing = rules.things.get((Workflow._meta.label, workflow))
    steps = {child["task_id"] for child in thing.values["workflow_tasks"]} if thing is not None else set()
    found: set[int] = set()
    for (_label, task), one in rules.things.items():
        if task in steps and "groups" in one.values:
            found |= set(one.values["groups"])
    return found
