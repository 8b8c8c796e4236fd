from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users; the record follows their rights."""

    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from django.contrib.auth.models import Group

        from cms.publishing.record.models import Kind
        from cms.publishing.record.watch import watch, watch_relation

        from .models import User

        watch(User, Kind.RIGHTS_CHANGED, ignore={"last_login", "date_joined"})
        watch(Group, Kind.RIGHTS_CHANGED)
        for model, name in ((User, "groups"), (User, "user_permissions"), (Group, "permissions")):
            watch_relation(model, name)
