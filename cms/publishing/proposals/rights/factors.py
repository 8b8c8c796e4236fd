"""A second factor that somebody has lost, taken away for them."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from cms.accounts.login.sessions import end_sessions


def has_factor(user: Any) -> bool:
    """Return whether the account has a second factor."""
    return is_mfa_enabled(user)


def take_factors_away(user: Any) -> None:
    """Take all of them away, recovery codes included, and end all sessions of the account."""
    for factor in Authenticator.objects.filter(user=user):
        factor.delete()
    end_sessions(user)
