"""The clock of the machine is set back and forth: nothing is published for it, and everything can be proved."""

import contextlib
from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.accounts.roles import APPROVER, REVIEWER
from cms.core.due import do_what_is_due
from cms.publishing.record import chain
from cms.publishing.review.schedule import carry_out_due
from cms.store.projector import newest
from tests.factories import fresh


def proof():
    chain.seal()
    said = StringIO()
    with contextlib.suppress(CommandError):
        call_command("verify", stdout=said, stderr=said)
    return said.getvalue()


def test_publications_while_the_clock_steps(office, clock, api):
    for step in ({"hours": -3}, {"days": 2}, {"minutes": -90}):
        clock(**step)
        page = office.publish(office.news, office.article(f"Tin {step}"))
        assert do_what_is_due() == 0
        newest()
        assert api(f"pages/{page.pk}/")["title"] == page.title
    rows = api("changes/", since=0)["items"]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert "findings" not in proof()


def test_a_time_that_comes_twice(office, clock):
    """A publication for nine o'clock is published once, whatever the clock does around nine."""
    page = office.article("Tin hẹn giờ", go_live_at=timezone.now() + timedelta(hours=1))
    office.draft(office.news, page)
    office.submit(page)
    for role in (REVIEWER, APPROVER):
        office.decide(page, role)
    clock(hours=-2)
    carry_out_due()
    assert not fresh(page).live
    clock(hours=4)
    carry_out_due()
    assert fresh(page).live
    first = fresh(page).first_published_at
    clock(hours=-3)
    carry_out_due()
    clock(hours=3)
    carry_out_due()
    assert (fresh(page).live, fresh(page).first_published_at) == (True, first)
    assert "findings" not in proof()
