"""What an object of the configuration says, as JSON and in words."""

from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations

from cms.publishing.record.labels import name_of
from cms.publishing.record.watch import plain_value

from ..kinds import Line

_OF_CHILDREN = {"id", "sort_order"}


def fields_of(model: Any) -> list[Any]:
    """Return the fields and relations that people fill in."""
    stored = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    return [*stored, *model._meta.many_to_many]


def values_of(instance: Any, chosen: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the values of `instance` by name; `chosen` has those of many-to-many relations that are not stored yet."""
    found: dict[str, Any] = {}
    for field in fields_of(type(instance)):
        if not field.many_to_many:
            found[field.name] = plain_value(field, getattr(instance, field.attname))
        elif chosen is not None and field.name in chosen:
            found[field.name] = sorted(one.pk for one in chosen[field.name])
        else:
            found[field.name] = (
                sorted(getattr(instance, field.name).values_list("pk", flat=True)) if instance.pk else []
            )
    for relation in get_all_child_relations(type(instance)):
        children = getattr(instance, relation.get_accessor_name()).all()
        found[relation.get_accessor_name()] = [_child(one, relation.field.name) for one in children]
    return found


def _child(child: Any, parent: str) -> dict[str, Any]:
    names = [f for f in child._meta.concrete_fields if f.name not in _OF_CHILDREN | {parent}]
    return {field.attname: plain_value(field, getattr(child, field.attname)) for field in names}


def take_over(instance: Any, values: dict[str, Any]) -> None:
    """Give `instance` these values and store it. Raise ValidationError for what the model does not take."""
    relations = {one.get_accessor_name(): one for one in get_all_child_relations(type(instance))}
    many = {field.name for field in type(instance)._meta.many_to_many}
    for name, value in values.items():
        if name in relations:
            getattr(instance, name).set([_made(relations[name].related_model, one, at) for at, one in enumerate(value)])
        elif name not in many:
            field = type(instance)._meta.get_field(name)
            setattr(instance, field.attname, field.to_python(value) if not field.is_relation else value)
    instance.full_clean()
    for name in relations.keys() & values.keys():
        for child in getattr(instance, name).all():
            child.full_clean(exclude=[relations[name].field.name])
    instance.save()
    for name in many & values.keys():
        getattr(instance, name).set(values[name])


def _made(model: Any, values: dict[str, Any], at: int) -> Any:
    """Return a child with `values`, in its place among the others."""
    return model(**values, sort_order=at) if hasattr(model, "sort_order") else model(**values)


def lines_of(model: Any, changes: dict[str, list[Any]]) -> list[Line]:
    """Return changes in words."""
    relations = {one.get_accessor_name(): one for one in get_all_child_relations(model)}
    lines = []
    for name, (old, new) in changes.items():
        if name in relations:
            of_children = relations[name].related_model
            label = of_children._meta.verbose_name_plural
            lines.append(Line(capfirst(label), _children(of_children, old), _children(of_children, new)))
        else:
            field = model._meta.get_field(name)
            lines.append(Line(capfirst(field.verbose_name), _words(field, old), _words(field, new)))
    return lines


def _children(model: Any, rows: list[dict[str, Any]] | None) -> str:
    told = (
        " ".join(_words(model._meta.get_field(name), value) for name, value in row.items() if value not in (None, ""))
        for row in rows or ()
    )
    return "; ".join(told)


def _words(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        names = {one.pk: name_of(one) for one in field.related_model._default_manager.filter(pk__in=keys)}
        return ", ".join(names.get(key, "–") for key in keys)
    if isinstance(field, models.BooleanField):
        return "✓" if value else "–"
    text = str(dict(field.flatchoices or ()).get(value, value))
    # Paragraphs stand apart.
    return " ".join(strip_tags(text.replace("<", " <")).split())
