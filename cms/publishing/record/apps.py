from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """The record; it follows who has which rights."""

    name = "cms.publishing.record"
    label = "record"
    verbose_name = _("Record")

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.models import Group

        from cms.accounts.models import User
        from cms.core.due import register_due

        from . import checkpoints, logins
        from .chain import seal
        from .models import RecordKind
        from .rights import SECRETS
        from .watch import watch, watch_relation

        logins.connect()
        watch(Authenticator, RecordKind.RIGHTS_CHANGED, ignore=SECRETS)
        register_due("numbers of the record's entries", seal)
        register_due("the record's checkpoint", checkpoints.send_daily)
        watch(User, RecordKind.RIGHTS_CHANGED, ignore={"last_login", "date_joined"})
        watch(Group, RecordKind.RIGHTS_CHANGED)
        for model, name in ((User, "groups"), (User, "user_permissions"), (Group, "permissions")):
            watch_relation(model, name)
