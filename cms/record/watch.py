"""Changes of rights and configuration, written into the record with old and new value.

There is no review of them, so the record is what keeps them honest. Apps register the models that matter.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from cms.common.actor import current_actor

from .models import Kind
from .write import record

# Never in a record that is exported and printed.
SECRET = {"password"}


def watch(model, kind=Kind.CONFIGURATION_CHANGED, ignore=()) -> None:
    """Records each change of the stored fields of `model`, and that an instance is added or removed."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in {"id", *ignore}]

    def values(instance):
        return {name: _plain(getattr(instance, name)) for name in names}

    def before(sender, instance, raw=False, **kwargs):
        stored = model._default_manager.filter(pk=instance.pk).first() if instance.pk and not raw else None
        instance._recorded_before = values(stored) if stored else None

    def after(sender, instance, raw=False, **kwargs):
        if raw:
            return
        old, new = instance._recorded_before or {}, values(instance)
        changes = {name: _pair(name, old.get(name), new[name]) for name in names if old.get(name) != new[name]}
        if changes:
            _record(kind, instance, changes, added=not old)

    def gone(sender, instance, **kwargs):
        changes = {name: _pair(name, value, None) for name, value in values(instance).items() if value}
        _record(kind, instance, changes, removed=True)

    uid = f"record.watch.{model._meta.label}"
    pre_save.connect(before, sender=model, weak=False, dispatch_uid=f"{uid}.before")
    post_save.connect(after, sender=model, weak=False, dispatch_uid=f"{uid}.after")
    post_delete.connect(gone, sender=model, weak=False, dispatch_uid=f"{uid}.gone")


def watch_relation(model, name, kind=Kind.RIGHTS_CHANGED) -> None:
    """Records each change of the many-to-many relation `name` of `model`, such as a user's groups."""
    through = getattr(model, name).through

    # On the instance, since the signals before and after come with the same one, and other requests with others.
    kept = f"_recorded_{name}_before"

    def follow(sender, instance, action, reverse, pk_set, **kwargs):
        if action in {"pre_add", "pre_remove", "pre_clear"}:
            owners = _owners(instance, reverse, pk_set, action)
            setattr(instance, kept, {owner.pk: _names(owner) for owner in owners})
        elif action in {"post_add", "post_remove", "post_clear"}:
            old_names = instance.__dict__.pop(kept, {})
            for owner in model._default_manager.filter(pk__in=old_names):
                old, new = old_names[owner.pk], _names(owner)
                if old != new:
                    _record(kind, owner, {name: [old, new]})

    def _owners(instance, reverse, pk_set, action):
        if not reverse:
            return [instance]
        if action == "pre_clear":
            return list(model._default_manager.filter(**{name: instance}))
        return list(model._default_manager.filter(pk__in=pk_set or ()))

    def _names(owner):
        return sorted(str(other) for other in getattr(owner, name).all())

    m2m_changed.connect(follow, sender=through, weak=False, dispatch_uid=f"record.watch.{model._meta.label}.{name}")


def _record(kind, instance, changes, **data):
    label = f"{instance._meta.verbose_name}: {instance}"
    record(
        kind,
        subject=label,
        user=current_actor(),
        model=instance._meta.label,
        object=str(instance.pk),
        changes=changes,
        **data,
    )


def _pair(name, old, new):
    return ["…", "…"] if name in SECRET else [old, new]


def _plain(value):
    """A value as JSON holds it."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
