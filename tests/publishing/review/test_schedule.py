"""What the schedule can't do is told, recorded and tried with growing delays; an approved version survives the expiry
of the one before.
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.models import FailedAttempt
from cms.publishing.review.schedule import carry_out_due
from tests.factories import fresh


@pytest.fixture
def scheduled(office):
    page = office.article("Hẹn giờ", go_live_at=timezone.now() + timedelta(hours=1))
    office.draft(office.news, page)
    return office.approve(page)


def test_an_approved_next_version_survives_the_expiry(office, clock, django_capture_on_commit_callbacks):
    page = office.publish(office.news, office.article("Bản một", expire_at=timezone.now() + timedelta(hours=1)))
    office.revise(
        page, title="Bản hai", expire_at=None, go_live_at=timezone.now() + timedelta(hours=2), change_kind="minor"
    )
    office.approve(page)
    clock(hours=1, minutes=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out_due() == (1, 0)
    assert not fresh(page).live
    assert fresh(page).approved_schedule
    told = {letter.to[0] for letter in mail.outbox if "hết hạn" in letter.subject.lower()}
    assert {"editor@example.org", "reviewer@example.org", "approver@example.org"} <= told
    clock(hours=2, minutes=1)
    assert carry_out_due() == (1, 0)
    assert fresh(page).live
    assert fresh(page).title == "Bản hai"


def test_a_refused_publication_is_told_once_and_tried_less_and_less(
    office, scheduled, clock, django_capture_on_commit_callbacks
):
    # Somebody wrote the entries that prove the approval away: what is due must not be published.
    Revision.objects.filter(pk=scheduled.latest_revision_id).update(
        content={**scheduled.latest_revision.content, "lead": "Chưa ai duyệt."}
    )
    clock(hours=1, minutes=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out_due() == (0, 1)
    letters = [letter for letter in mail.outbox if "Hẹn giờ" in letter.subject]
    assert {letter.to[0] for letter in letters} >= {"editor@example.org", "approver@example.org"}
    assert RecordEntry.objects.filter(kind=RecordKind.SCHEDULE_FAILED, page_id=scheduled.pk).count() == 1
    assert carry_out_due() == (0, 0), "not at once again"
    clock(hours=1, minutes=3)
    assert carry_out_due() == (0, 1)
    assert FailedAttempt.objects.get().failures == 2
    clock(hours=1, minutes=6)
    assert carry_out_due() == (0, 0), "the delay grows"
    assert fresh(scheduled).approved_schedule, "what was approved stays so"
    assert RecordEntry.objects.filter(kind=RecordKind.SCHEDULE_FAILED).count() == 1


def test_it_goes_on_once_the_hindrance_is_gone(office, scheduled, clock):
    content = scheduled.latest_revision.content
    revisions = Revision.objects.filter(pk=scheduled.latest_revision_id)
    revisions.update(content={**content, "lead": "Chưa ai duyệt."})
    clock(hours=1, minutes=1)
    carry_out_due()
    revisions.update(content=content)
    clock(hours=1, minutes=3)
    assert carry_out_due() == (1, 0)
    assert Page.objects.get(pk=scheduled.pk).live
    assert not FailedAttempt.objects.exists()


def test_what_got_another_time_begins_anew(office, clock):
    page = office.publish(office.news, office.article("Có hạn", expire_at=timezone.now() + timedelta(hours=1)))
    FailedAttempt.objects.create(
        job="expire", object_id=page.pk, failures=6, next_try_at=timezone.now() + timedelta(days=1), reason="Cũ."
    )
    carry_out_due()
    assert not FailedAttempt.objects.exists(), "it is not due, so nothing of it is owed"
    clock(hours=1, minutes=1)
    assert carry_out_due() == (1, 0)


def test_a_failure_that_cannot_be_written_down_holds_up_nobody(office, clock, monkeypatch):
    pages = [
        office.publish(office.news, office.article(f"Hạn {n}", expire_at=timezone.now() + timedelta(hours=1)))
        for n in range(2)
    ]
    Page.objects.filter(pk=pages[0].pk).update(url_path="")

    def broken(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(type(pages[0]), "unpublish", broken)
    clock(hours=1, minutes=1)
    assert carry_out_due() == (0, 2)
    assert not FailedAttempt.objects.exists(), "a lock is no failure to tell of"
