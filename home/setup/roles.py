"""The groups of the four roles and their rights."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from cms.pages.permissions import READ

from ..models import HomePage

_REGISTER = ("category", "issuer", "sector", "unit")
_ACCESS = ["wagtailadmin.access_admin"]
# Proposing (add), and hiding at once or deciding (change).
_PROPOSE = ["takedown.add_takedown", "erasure.add_erasure"]
_DECIDE = [*_PROPOSE, "takedown.change_takedown", "erasure.change_erasure"]
_SEE = [*_ACCESS, "bundles.view_bundle"]
_GRANTS = {
    EDITOR: [
        *_SEE,
        "bundles.add_bundle",
        "bundles.change_bundle",
        *(f"articles.{action}_{name}" for name in ("issuer", "sector", "unit") for action in ("add", "view")),
        *_PROPOSE,
    ],
    REVIEWER: [*_SEE, *_DECIDE],
    APPROVER: [*_SEE, *_DECIDE, "bundles.publish_bundle"],
    ADMIN: [
        *_SEE,
        *_DECIDE,
        *(f"articles.{action}_{name}" for name in _REGISTER for action in ("add", "change", "delete", "view")),
        *(f"accounts.{action}_user" for action in ("add", "change", "delete", "view")),
        "home.change_sitesettings",
        "home.change_searchsettings",
        *(f"clients.{action}_apikey" for action in ("add", "change", "delete", "view")),
        *(f"webhooks.{action}_endpoint" for action in ("add", "change", "delete", "view")),
        *(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete", "view")),
    ],
}
# Wagtail judges files by the permissions of its own models, whatever models are in use.
_FILES = {
    EDITOR: [
        f"{app}.{action}_{name}"
        for app, name in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for action in ("add", "change", "choose")
    ],
    # For the emblem, and to look after the library.
    ADMIN: ["wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"],
}


def remove_wagtail_groups() -> None:
    """Remove Wagtail's example groups: one of them holds the right to publish."""
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()


def make_groups() -> dict[str, Group]:
    """Return the groups by role; a group that is made gets its rights, one that exists keeps those that it has."""
    groups = {}
    for role, name in GROUPS.items():
        groups[role], created = Group.objects.get_or_create(name=name)
        if created:
            groups[role].permissions.set([_permission(code) for code in _GRANTS[role]])
            _grant_files(groups[role], _FILES.get(role, []))
    return groups


def grant_page_rights(groups: Any, pages: dict[type[Page], Page]) -> None:
    """Rights on the tree, for groups that have none at all yet."""
    home = pages[HomePage]
    for role, group in groups.items():
        if GroupPagePermission.objects.filter(group=group).exists():
            continue
        for code in ("add_page", "change_page") if role == EDITOR else (f"{READ}_page",):
            GroupPagePermission.objects.create(
                group=group, page_id=home.pk, permission=_permission(f"wagtailcore.{code}")
            )


def _grant_files(group, codes) -> None:
    root = Collection.get_first_root_node()
    for code in codes:
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=_permission(code))


def _permission(code):
    app_label, codename = code.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
