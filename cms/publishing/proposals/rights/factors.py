"""A second factor that somebody has lost, taken away for them."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession


def has_factor(user: Any) -> bool:
    """Return whether the account has a second factor."""
    return is_mfa_enabled(user)


def take_factors_away(user: Any) -> None:
    """Take all of them away, recovery codes included, and end all sessions of the account."""
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
