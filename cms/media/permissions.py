"""Who may do what with files, over the permissions of collections."""

from typing import Any

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import CustomDocument, CustomImage


class FilePermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy; a file that is published or in review is deleted by nobody, superusers neither; one that was
    purged can't be changed.
    """

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if instance.purged_at or (set(actions) == {"delete"} and instance.is_fixed()):
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)


def register() -> None:
    """Put our policy in the place of Wagtail's.

    Files are judged by the permissions of Wagtail's own models, as there.
    """
    for model, auth_model in ((CustomImage, "wagtailimages.Image"), (CustomDocument, "wagtaildocs.Document")):
        policy = FilePermissionPolicy(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy)
