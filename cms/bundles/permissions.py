"""Who may do what with bundles, over the permissions of groups."""

from wagtail.permission_policies import ModelPermissionPolicy


class BundlePermissionPolicy(ModelPermissionPolicy):
    """As the groups say; what is released, published or dissolved is changed by nobody, superusers neither."""

    def user_has_permission_for_instance(self, user, action, instance):
        if action in {"change", "delete"} and instance.status != "open":
            return False
        return self.user_has_permission(user, action)
