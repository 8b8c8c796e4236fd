"""What allauth is told of this installation: nobody signs up, mails are ours, secrets are kept encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.clients import client_address
from cms.core.mail import send_to_on_commit

from .needed import needs_factor

# Said by the screens themselves.
_SILENT = {"account/messages/logged_in.txt"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators (`cms.publishing.proposals.rights`)."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_client_ip(self, request: Any) -> str:
        return client_address(request.META, settings.PROXIES)

    def add_message(self, request: Any, level: int, message_template: Any = None, *args: Any, **kwargs: Any) -> None:
        if message_template not in _SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        body = _(
            "%(what)s\n\nAccount: %(username)s\n\nIf that was not you, tell your administrator at once: somebody knows "
            "your password.\n"
        )
        words = {"what": _told(template_prefix), "username": user.get_username()}
        send_to_on_commit(_("The second factor of your account has changed"), body % words, [user.email])


def _told(template_prefix: str) -> str:
    """Return what allauth's mail of this name tells."""
    return {
        "mfa/email/totp_activated": _("An authenticator app was added."),
        "mfa/email/totp_deactivated": _("The authenticator app was removed."),
        "mfa/email/webauthn_added": _("A passkey was added."),
        "mfa/email/webauthn_removed": _("A passkey was removed."),
        "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones are void."),
    }[template_prefix]


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        # The last one of somebody who needs one is lost by two people only (`cms.publishing.proposals.rights`).
        others = type(authenticator).objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        left = others.exclude(type=type(authenticator).Type.RECOVERY_CODES).exists()
        return left or not needs_factor(authenticator.user)


def _cipher() -> MultiFernet:
    """Whoever reads the database alone makes no codes; the key follows SECRET_KEY, also when that is rotated."""
    digests = (
        hashlib.sha256(("factors " + str(key)).encode()).digest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
