"""What changes with the day is right at midnight, whether the worker has come by or not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.store.projector import newest
from cms.store.reconciliation import derive


@pytest.fixture
def pages(office):
    today = timezone.localdate()
    directive = office.directive("30/2020/NĐ-CP", "nghi-dinh", effective_on=today + timedelta(1), issued_on=today)
    plan = office.plan(tasks=[{"title": "Việc", "deadline_on": today, "deadline_precision": "day"}])
    featured = office.article("Nổi bật", featured_until=today)
    return [
        office.publish(office.documents, directive),
        office.publish(office.plans, plan),
        office.publish(office.news, featured),
    ]


def seen(api, office, pages, **day):
    """What the API says of the validity, of the task, and of what is featured; how many documents are in force."""
    directive, plan, _featured = pages
    task = api(f"pages/{plan.pk}/", **day)["tasks"][0]["timeliness"]["code"]
    home = api(f"pages/{office.home.pk}/", **day)["featured"]
    found = api("pages/", type="articles.DirectivePage", validity="in_force", **day)["meta"]["total_count"]
    return api(f"pages/{directive.pk}/", **day)["validity"]["code"], task, len(home), found


def test_another_day_shows_before_anything_is_derived(office, api, pages, clock):
    assert seen(api, office, pages) == ("not_yet", "due_soon", 1, 0)
    last = newest().seq
    clock(days=1)
    assert seen(api, office, pages) == ("in_force", "overdue", 0, 1)
    listing = api("pages/", type="articles.DirectivePage", fields="*")["items"][0]
    assert listing["validity"]["as_of"] == timezone.localdate().isoformat()
    assert newest().seq == last, "the worker tells it"
    assert derive() == 3
    assert seen(api, office, pages) == ("in_force", "overdue", 0, 1)
    assert derive() == 0


def test_any_day_can_be_asked_for(office, api, pages):
    tomorrow = (timezone.localdate() + timedelta(1)).isoformat()
    assert seen(api, office, pages, as_of=tomorrow) == ("in_force", "overdue", 0, 1)
    assert seen(api, office, pages) == ("not_yet", "due_soon", 1, 0)
