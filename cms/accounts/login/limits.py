"""How fast somebody may try to log in: by account, by address, and by the pair of both (OWASP ASVS 5.0, 6.3.1).

After a few failures the account and the address wait, longer each time; the pair is locked out after `PAIR.free`. An
address from which the account was used before does not wait for what others try, so that nobody keeps the approver out
from elsewhere. What is known of an account and of a name that nobody has is the same.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.core.clients import client_address, client_network

from ..models import LoginLimit
from .signals import locked_out

# Failures that are longer ago than this count no more.
FORGOTTEN = datetime.timedelta(days=1)
# Longer than any code of an app is valid.
VALID = datetime.timedelta(minutes=5)
# So long an address is known to an account.
KNOWN = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Rule:
    """So many failures are free; from then on the wait doubles from `first` seconds up to `most`."""

    name: str
    free: int
    first: int
    most: int

    def wait(self, failures: int) -> datetime.timedelta:
        """Return how long to wait after so many failures."""
        if failures < self.free:
            return datetime.timedelta(0)
        return datetime.timedelta(seconds=min(self.first * 2 ** min(failures - self.free, 30), self.most))


ACCOUNT = Rule("account", free=3, first=1, most=5 * 60)
# Several people of an office share one.
ADDRESS = Rule("address", free=10, first=1, most=15 * 60)
# The lock-out.
PAIR = Rule("pair", free=10, first=60 * 60, most=60 * 60)


class TooSoon(Exception):
    """Nobody may try yet; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Attempt:
    """One attempt to log in as `name` from `address`, counted as failed until it has succeeded: those that are made at
    the same moment wait for one another.
    """

    name: str
    address: str

    @classmethod
    def of(cls, request: Any, name: str) -> "Attempt":
        """Return the attempt that a request makes."""
        # Names are compared as the database compares them for people: nobody gets more tries by another case.
        return cls(name.strip().casefold(), client_network(client_address(request.META, settings.PROXIES)))

    @transaction.atomic
    def begin(self) -> int:
        """Count it, and return how many of the pair that is. Raise TooSoon, and count nothing, where somebody has to
        wait.
        """
        now, count = timezone.now(), 0
        for rule, key in self._keys(now):
            LoginLimit.objects.get_or_create(key=key, defaults={"last_at": now, "allowed_at": now})
            LoginLimit.objects.filter(key=key, last_at__lte=now - FORGOTTEN).update(failures=0)
            limit = LoginLimit.objects.select_for_update().get(key=key)
            wait = rule.wait(limit.failures + 1)
            # In one statement: of two at the same moment the second finds what the first has written.
            allowed = LoginLimit.objects.filter(key=key, allowed_at__lte=now)
            if not allowed.update(failures=F("failures") + 1, last_at=now, allowed_at=now + wait):
                raise TooSoon(max(1, int((limit.allowed_at - now).total_seconds()) + 1))
            count = limit.failures + 1
        # The pair comes last.
        return count

    def failed(self, count: int, user: Any = None) -> None:
        """Tell where it was one for which the pair is locked out; `user` is whose name it is, or None."""
        if count >= PAIR.free:
            locked_out.send(sender=type(self), user=user, address=self.address)

    @transaction.atomic
    def succeeded(self) -> None:
        """Forget the failures of the account and of the pair, and know the address from now on."""
        now = timezone.now()
        fresh = {"failures": 0, "allowed_at": now, "last_at": now}
        LoginLimit.objects.filter(key=self._key(ACCOUNT)).update(**fresh)
        # The address keeps the failures of others, without this one.
        LoginLimit.objects.filter(key=self._key(ADDRESS), failures__gt=0).update(
            failures=F("failures") - 1, allowed_at=now
        )
        LoginLimit.objects.update_or_create(key=self._key(PAIR), defaults={**fresh, "succeeded_at": now})

    def _keys(self, now: datetime.datetime) -> Iterable[tuple[Rule, str]]:
        known = LoginLimit.objects.filter(key=self._key(PAIR), succeeded_at__gt=now - KNOWN).exists()
        rules = (ADDRESS, PAIR) if known else (ACCOUNT, ADDRESS, PAIR)
        return [(rule, self._key(rule)) for rule in rules]

    def _key(self, rule: Rule) -> str:
        of = {ACCOUNT: self.name, ADDRESS: self.address, PAIR: f"{self.address} {self.name}"}[rule]
        # Nobody reads from the table what was typed, which may be a password in the wrong field.
        return salted_hmac(rule.name, of, algorithm="sha256").hexdigest()


def take_once(name: str, code: str) -> bool:
    """Return whether nobody has logged in as `name` with this code before; from now on somebody has. (allauth remembers
    that in each process for itself.)
    """
    now = timezone.now()
    key = salted_hmac("used", f"{name} {code}", algorithm="sha256").hexdigest()
    used, made = LoginLimit.objects.get_or_create(key=key, defaults={"last_at": now, "allowed_at": now})
    if made or used.last_at < now - VALID:
        LoginLimit.objects.filter(key=key).update(last_at=now)
        return True
    return False


def forget_old() -> int:
    """Forget what counts no more, and return how much. A job of `cms.core.due`."""
    old = LoginLimit.objects.filter(last_at__lte=timezone.now() - KNOWN)
    # Deleting nothing takes SQLite's lock as well.
    return old.delete()[0] if old.exists() else 0
