"""What a session has to be before it may do anything: in use, and with the second factor of its account."""

from enum import Enum, auto
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from .needed import needs_factor

_SEEN, _ADDED = "seen_at", "added_factor"
# Seconds for which a use of the session is not written down again.
_COARSE = 60
# Recovery codes are there beside one of these only.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def is_idle(request: HttpRequest) -> bool:
    """Return whether nobody has used the session for `SESSION_IDLE_MINUTES`."""
    seen = request.session.get(_SEEN)
    return seen is not None and timezone.now().timestamp() - seen > settings.SESSION_IDLE_MINUTES * 60


def note_use(request: HttpRequest) -> None:
    """Write down that somebody uses the session, about once a minute."""
    now, seen = timezone.now().timestamp(), request.session.get(_SEEN)
    if seen is not None and now - seen <= _COARSE:
        return
    request.session[_SEEN] = now
    if not request.session.session_key:
        return
    # Changing one's account gives the session another key, of which allauth is not told (seen in Wagtail 8.0.1).
    if not UserSession.objects.filter(session_key=request.session.session_key).exists():
        UserSession.objects.create_from_request(request)


class FactorState(Enum):
    """How a session stands to the second factor of its account."""

    RIGHT = auto()
    # The account has one, which this session has not used: it began before.
    NOT_USED = auto()
    # The account needs one before it may do anything.
    NEEDED = auto()


def factor_state(request: HttpRequest) -> FactorState:
    """Return how the session of somebody who is logged in stands, where `REQUIRE_SECOND_FACTOR` is on.

    Of a session that has used one nothing more is asked: where the last one goes, sessions end or forget it.
    """
    if not settings.REQUIRE_SECOND_FACTOR or _has_used_one(request):
        return FactorState.RIGHT
    if Authenticator.objects.filter(user=request.user, type__in=FACTORS).exists():
        return FactorState.NOT_USED
    return FactorState.NEEDED if needs_factor(request.user) else FactorState.RIGHT


def _has_used_one(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(request.session.get(_ADDED)) or any(record["method"] == "mfa" for record in records)


def is_whole(request: HttpRequest) -> bool:
    """Return whether the session of somebody who is logged in may be relied on, outside of the admin too."""
    return not is_idle(request) and factor_state(request) is FactorState.RIGHT


def factor_added(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """End all other sessions of the account: who knew only the password may have one."""
    request.session[_ADDED] = True
    # Told after the commit, when the answer may be on its way.
    request.session.save()
    end_sessions(user, besides=request.session.session_key)


def factor_removed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Let no session be one that has used a factor any more where the account has none."""
    if Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        return
    records = get_authentication_records(request, user)
    request.session.pop(_ADDED, None)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one["method"] != "mfa"]
    request.session.save()
    end_sessions(user, besides=request.session.session_key)


def end_sessions(user: Any, besides: str | None = None) -> None:
    """End the sessions of an account. Nobody but the people of the office has sessions, so they are few."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=besides or ""):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
