"""The record in people's words: what an object, a field and a value are called."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import PAGE_PERMISSION_TYPES

_PAGE_RIGHTS = {f"{short}_page": label for short, label, _help in PAGE_PERMISSION_TYPES}
_RIGHTS = {
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "view": _("view"),
    "choose": _("choose"),
    "publish": _("publish"),
    "lock": _("lock"),
    "unlock": _("unlock"),
}
# Fields of Wagtail and Django that are named in no language.
_FIELDS = {"sort_order": _("order"), "groups": _("roles"), "permissions": _("rights"), "content": _("content")}


def name_of(instance: Any) -> str:
    """Return what people call `instance`.

    One that only relates others, such as a right of a group on a page, is called by them.
    """
    if isinstance(instance, Permission):
        return _right(instance)
    fields = [field for field in instance._meta.concrete_fields if not field.primary_key]
    related = [field for field in fields if field.is_relation]
    told = any(isinstance(field, models.CharField | models.TextField) for field in fields)
    if related and not told:
        return " – ".join(name_of(getattr(instance, field.name)) for field in related if getattr(instance, field.name))
    return str(instance)


def key_of(instance: Any) -> str:
    """Return what the record calls `instance` among others: a permission by its name in code, which is the same in all
    languages, everything else as people do.
    """
    if isinstance(instance, Permission):
        return f"{instance.content_type.app_label}.{instance.codename}"
    return name_of(instance)


def _right(permission: Permission) -> str:
    if permission.codename in _PAGE_RIGHTS:
        return str(_PAGE_RIGHTS[permission.codename])
    verb, _separator, _model = permission.codename.partition("_")
    model = permission.content_type.model_class()
    if verb not in _RIGHTS or model is None:
        return permission.name
    return f"{_RIGHTS[verb]} {model._meta.verbose_name}"


def subject_of(instance: Any) -> str:
    """Kind and name, such as `menu item: News`."""
    return f"{instance._meta.verbose_name}: {name_of(instance)}"


def changes_in_words(data: dict[str, Any]) -> str:
    """Return what an entry's `data` says was changed into what, with the names of fields and values; "" where it says
    nothing.
    """
    model = _model(data.get("model"))
    told = []
    for name, (old, new) in data.get("changes", {}).items():
        field = _field(model, name) if model is not None else None
        names = data.get("names", {}).get(name)
        old, new = names or (_value(field, old), _value(field, new))
        label = _FIELDS.get(name) or (field.verbose_name if field is not None else name)
        told.append(f"{label}: {old or '–'} → {new or '–'}")
    return "; ".join(told)


def _model(label: str | None) -> type[Model] | None:
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        # The record outlives what it tells of.
        return None


def _rights(keys: list[str]) -> list[str]:
    """Return permissions in words; those that are gone by their keys."""
    codes = [key.partition(".")[2] for key in keys]
    permissions = Permission.objects.filter(codename__in=codes).select_related("content_type")
    known = {key_of(one): _right(one) for one in permissions}
    return [known.get(key, key) for key in keys]


def _field(model: type[Model], name: str) -> Any:
    """Return the field by its name, or by that of its column."""
    if model is None:
        return None
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return next((field for field in fields if name in (field.name, field.attname)), None)


def _value(field: Any, value: Any) -> str:
    if isinstance(value, list):
        if field is not None and field.related_model is Permission:
            value = _rights(value)
        return ", ".join(map(str, value))
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    choices = dict(field.flatchoices) if field is not None and field.choices else {}
    return strip_tags(str(choices.get(value, value))).strip()
