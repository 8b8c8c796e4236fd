"""Comparisons say single values in words."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from cms.accounts.roles import REVIEWER
from cms.pages.comparison import in_words
from tests.factories import fresh


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "(trống)"),
        ("", "(trống)"),
        (date(2016, 9, 5), "05/9/2016"),
        (datetime(2026, 11, 28, 1, 0, tzinfo=UTC), "08:00 28/11/2026"),
        (True, "có"),
        (False, "không"),
        (0, "0"),
    ],
)
def test_values(value, words):
    assert in_words(value) == words


def test_a_date_that_was_added(office, login):
    page = office.draft(office.documents, office.directive())
    first = fresh(page).latest_revision
    office.revise(page, effective_on=date(2026, 11, 20))
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, "latest"])
    text = login(REVIEWER).get(url).content.decode()
    assert '<span class="deletion">(trống)</span> → <span class="addition">20/11/2026</span>' in text
