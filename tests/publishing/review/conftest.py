"""Who tries to get around the review, and with what."""

import pytest
from django.core.management import CommandError, call_command

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from tests.factories import make_user

NEW = "Chưa ai duyệt"


@pytest.fixture
def boss(office):
    """A superuser, who is no exception."""
    return make_user("chu", is_superuser=True)


@pytest.fixture(params=[EDITOR, REVIEWER, APPROVER, "admin", "superuser"])
def anybody(request, office, boss, client):
    """The client of each role and of a superuser in turn."""
    client.force_login(boss if request.param == "superuser" else office.users[request.param])
    return client


@pytest.fixture
def draft(office):
    return office.draft(office.news, office.article(NEW))


@pytest.fixture
def live(office):
    return office.publish(office.news, office.article("Đã duyệt"))


def verified():
    """Whether what is public is what was approved."""
    try:
        call_command("verify_publications")
    except CommandError:
        return False
    return True
