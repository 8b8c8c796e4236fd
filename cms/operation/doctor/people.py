"""Findings about accounts: an office in which nobody can publish, or one person can do everything."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings

from cms.accounts.models import User
from cms.accounts.roles import ADMIN, APPROVER, GROUPS, REVIEWER
from cms.publishing.proposals.rights.trust import holders

from .findings import Finding


def people_findings() -> Iterator[Finding]:
    """Yield what is wrong with who has which role."""
    there = User.objects.filter(is_active=True)
    for role in (REVIEWER, APPROVER, ADMIN):
        if not there.filter(groups__name=GROUPS[role]).exists():
            yield Finding(f"nobody is {GROUPS[role]}", f"`manage.py grant_role USERNAME {role} --reason=…`")
    deciding = holders()
    if deciding.count() < 3:
        yield Finding(
            "fewer than three accounts review, approve or administer: who is ill can't be replaced, and rights need no "
            "second person",
            "open more accounts, one for each person",
        )
    if settings.REQUIRE_SECOND_FACTOR:
        without = deciding.exclude(pk__in=Authenticator.objects.values("user"))
        if names := ", ".join(without.order_by("username").values_list("username", flat=True)[:10]):
            yield Finding(f"no second factor yet: {names}", "they are asked for one when they log in next")
    if names := ", ".join(there.filter(is_superuser=True).order_by("username").values_list("username", flat=True)[:10]):
        yield Finding(f"superusers are open: {names}", "give them a role, and take the flag away in the admin")
    if names := ", ".join(there.filter(email="").order_by("username").values_list("username", flat=True)[:10]):
        yield Finding(f"no address, so no mail of what waits for them: {names}", "set it in the admin")
