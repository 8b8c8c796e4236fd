"""Who reviews, approves or administers, and who ever did.

That somebody once held such a right stays with the account (`Trusted`).
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.db.models.signals import m2m_changed, post_save

from ..models import Trusted

# What only those hold who decide or administer.
_DECIDING = (
    ("takedown", "change_takedown"),
    ("erasure", "change_erasure"),
    ("bundles", "publish_bundle"),
    ("accounts", "change_user"),
    ("auth", "change_group"),
    ("home", "change_sitesettings"),
    ("wagtailredirects", "change_redirect"),
)


def deciding_groups() -> QuerySet[Group]:
    """Return the groups whose members review, approve or administer."""
    rights = Q()
    for app_label, codename in _DECIDING:
        rights |= Q(permissions__codename=codename, permissions__content_type__app_label=app_label)
    return Group.objects.filter(rights | Q(reviewtask__isnull=False)).distinct()


def holders() -> QuerySet[Any]:
    """Return the active accounts that hold such a right."""
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(Q(is_superuser=True) | Q(groups__in=deciding_groups())).distinct()


def holds(user: Any) -> bool:
    """Return whether the account, closed or not, has such a right."""
    return user.is_superuser or user.groups.filter(pk__in=deciding_groups()).exists()


def somebody_else_could_confirm(*users: Any) -> bool:
    """Return whether an account beside `users` holds or ever held such a right."""
    others = [user.pk for user in users]
    return Trusted.objects.exclude(user__in=others).exists() or holders().exclude(pk__in=others).exists()


def connect() -> None:
    """Remember who gets such a right, whatever code gives it."""
    User = get_user_model()
    m2m_changed.connect(_groups_changed, sender=User.groups.through, dispatch_uid="rights.groups_changed")
    post_save.connect(_user_saved, sender=User, dispatch_uid="rights.user_saved")


def _groups_changed(sender: type, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    if action == "post_add" and pk_set:
        groups = [instance.pk] if reverse else pk_set
        if deciding_groups().filter(pk__in=groups).exists():
            _remember(pk_set if reverse else [instance.pk])


def _user_saved(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if instance.is_superuser and not raw:
        _remember([instance.pk])


def _remember(ids: Any) -> None:
    known = set(Trusted.objects.filter(user__in=ids).values_list("user", flat=True))
    Trusted.objects.bulk_create([Trusted(user_id=pk) for pk in ids if pk not in known], ignore_conflicts=True)
