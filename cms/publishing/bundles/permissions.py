"""Who may do what with bundles, over the permissions of groups."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class BundlePermissionPolicy(ModelPermissionPolicy):
    """As the groups say.

    What is released, published or dissolved is changed by nobody, and nobody deletes: superusers neither.
    """

    def user_has_permission(self, user: Any, action: Any) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: Any, instance: Any) -> bool:
        if action == "change" and instance.status != "open":
            return False
        return self.user_has_permission(user, action)
