"""Validity as of a day."""

import itertools
from datetime import date

import pytest

from articles.directives.validity import DatedEvent, Facts, begins_on, validity_as_of
from articles.models import DirectiveRelation, ValidityEvent

BEGIN = date(2016, 9, 15)


def facts(begins=BEGIN, expires=None, events=(), draft=False):
    return Facts(is_draft=draft, begins_on=begins, expires_on=expires, events=list(events))


@pytest.mark.parametrize(
    ("known", "day", "code", "since"),
    [
        (facts(), date(2016, 9, 14), "not_yet", None),
        (facts(), BEGIN, "in_force", BEGIN),
        (facts(begins=None), BEGIN, "undetermined", None),
        (facts(draft=True), BEGIN, "undetermined", None),
        (facts(expires=date(2020, 1, 1)), date(2019, 12, 31), "in_force", BEGIN),
        (facts(expires=date(2020, 1, 1)), date(2020, 1, 1), "expired", date(2020, 1, 1)),
        (facts(begins=None, expires=date(2020, 1, 1)), date(2021, 1, 1), "expired", date(2020, 1, 1)),
        (
            facts(events=[DatedEvent("partly_expired", date(2018, 1, 1))]),
            date(2018, 1, 1),
            "partly_expired",
            date(2018, 1, 1),
        ),
        (
            facts(events=[DatedEvent("unsuitable", date(2018, 1, 1))]),
            date(2019, 1, 1),
            "unsuitable",
            date(2018, 1, 1),
        ),
        (
            facts(events=[DatedEvent("suspended", date(2018, 1, 1))]),
            date(2018, 6, 1),
            "suspended",
            date(2018, 1, 1),
        ),
        (
            facts(events=[DatedEvent("suspended", date(2018, 1, 1)), DatedEvent("resumed", date(2018, 7, 1))]),
            date(2018, 8, 1),
            "in_force",
            date(2018, 7, 1),
        ),
        (
            facts(events=[DatedEvent("partly_suspended", date(2018, 1, 1))]),
            date(2018, 6, 1),
            "partly_suspended",
            date(2018, 1, 1),
        ),
        (
            facts(expires=date(2019, 1, 1), events=[DatedEvent("suspended", date(2018, 1, 1))]),
            date(2019, 2, 1),
            "expired",
            date(2019, 1, 1),
        ),
        (facts(events=[DatedEvent("expired", None)]), date(2019, 2, 1), "expired", None),
    ],
)
def test_states(known, day, code, since):
    assert validity_as_of(known, day) == (code, since)


def test_a_party_document_counts_from_its_issue_date_and_a_state_document_does_not():
    assert begins_on("party", BEGIN, None) == BEGIN
    assert begins_on("state", BEGIN, None) is None
    assert begins_on("state", BEGIN, date(2017, 1, 1)) == date(2017, 1, 1)


def test_a_published_replacement_ends_the_validity_of_its_target(office, api):
    from articles.models import DirectiveRelation

    old = office.publish(office.documents, office.directive("66-QĐ/TW", "quy-dinh", issued_on=date(2017, 2, 6)))
    new = office.directive("399-QĐ/TW", "quy-dinh", issued_on=date(2026, 1, 9))
    new.outgoing_relations = [DirectiveRelation(kind="replaces", target=old)]
    office.draft(office.documents, new)
    assert api(f"pages/{old.pk}/", as_of="2026-06-01")["validity"]["code"] == "in_force"

    office.approve(new)
    form = api(f"pages/{old.pk}/", as_of="2026-06-01")
    assert form["validity"]["code"] == "expired"
    assert form["validity"]["since"] == "2026-01-09"
    assert form["relations"][0]["direction"] == "in"
    assert form["relations"][0]["document"]["reference"] == "399-QĐ/TW"
    assert form["validity_events"][0]["source"]["reference"] == "399-QĐ/TW"
    assert api(f"pages/{old.pk}/", as_of="2025-12-31")["validity"]["code"] == "in_force"
    expired = api("pages/", type="articles.DirectivePage", validity="expired", as_of="2026-06-01")
    assert [item["id"] for item in expired["items"]] == [old.pk]
    assert api("pages/", validity="expired", as_of="2020-01-01")["items"] == []


def test_a_partial_replacement_leaves_the_rest_in_force(office, api):
    from articles.models import DirectiveRelation

    old = office.publish(office.documents, office.directive("1-CT/TU", issued_on=date(2017, 2, 6)))
    new = office.directive("2-CT/TU", issued_on=date(2018, 2, 6))
    new.outgoing_relations = [DirectiveRelation(kind="replaces", target=old, extent="partial")]
    office.publish(office.documents, new)
    assert api(f"pages/{old.pk}/")["validity"]["code"] == "partly_expired"


def test_the_filter_agrees_with_the_rule(office, api):
    """The database judges by dates what has no events; it must come to what the rule says of each document."""
    day = date(2020, 6, 1)
    dates = [None, date(2020, 5, 31), day, date(2020, 6, 2)]
    combinations = itertools.product(("party", "state"), dates, dates, dates)
    for number, (family, issued_on, effective_on, expires_on) in enumerate(combinations, start=1):
        page = office.directive(
            f"{number}-CT/TU", family=family, issued_on=issued_on, effective_on=effective_on, expires_on=expires_on,
            status="draft" if number % 7 == 0 else "issued", live=True,
        )  # fmt: skip
        office.put_live(office.documents, page)
    query = {"type": "articles.DirectivePage", "as_of": day.isoformat(), "fields": "validity", "limit": 100}
    ruled = {}
    for offset in (0, 100):
        for item in api("pages/", **query, offset=offset)["items"]:
            ruled.setdefault(item["validity"]["code"], set()).add(item["id"])
    assert set(ruled) == {"not_yet", "in_force", "expired", "undetermined"}
    for code, expected in ruled.items():
        assert {item["id"] for item in api("pages/", **query, validity=code)["items"]} == expected


def test_the_filter_sees_events_and_other_documents(office, api):
    suspended = office.directive("1-CT/TU", issued_on=date(2020, 1, 1))
    suspended.validity_events = [ValidityEvent(kind="suspended", date=date(2020, 2, 1))]
    suspended = office.publish(office.documents, suspended)
    replaced = office.publish(office.documents, office.directive("2-CT/TU", issued_on=date(2020, 1, 1)))
    replacing = office.directive("3-CT/TU", issued_on=date(2020, 3, 1))
    replacing.outgoing_relations = [DirectiveRelation(kind="replaces", target=replaced)]
    replacing = office.publish(office.documents, replacing)

    def found(code):
        return [item["id"] for item in api("pages/", validity=code, as_of="2020-04-01")["items"]]

    assert found("suspended") == [suspended.pk]
    assert found("expired") == [replaced.pk]
    assert found("in_force") == [replacing.pk]
    assert found("suspended,expired") == [suspended.pk, replaced.pk]
