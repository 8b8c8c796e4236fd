from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, their roles and rights."""

    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from cms.core.due import register_due

        from . import own_account
        from .login import limits, sessions

        authenticator_added.connect(sessions.factor_added, dispatch_uid="accounts.factor_added")
        authenticator_removed.connect(sessions.factor_removed, dispatch_uid="accounts.factor_removed")
        register_due("forgetting failed log-ins", limits.forget_old)
        own_account.put_in_place()
