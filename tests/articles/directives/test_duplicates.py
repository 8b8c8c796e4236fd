"""Documents that are entered twice: a warning while drafting, refused on submission."""

from datetime import date

import pytest
from django.urls import reverse

from articles.directives.duplicates import clashes, elsewhere, exact_duplicates
from cms.accounts.roles import EDITOR
from tests.factories import fresh

DAY = date(2016, 9, 15)
FORMSETS = ("directive_issuers", "signers", "directive_files", "outgoing_relations", "validity_events", "comments")


def edit_data(page):
    """A minimal valid POST of the editor of a document."""
    data = {
        "document_type": page.document_type, "reference_as_printed": page.reference_as_printed,
        "subject": page.subject, "status": "issued", "issued_on": "15/9/2016", "nothing_secret": "on",
    }  # fmt: skip
    return data | {
        f"{one}-{part}": "0" for one in FORMSETS for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
    }


def test_the_same_document_is_found_in_any_spelling(office):
    known = office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"], issued_on=DAY))
    twice = office.draft(office.documents, office.directive("18 – CT/TU", issuers=["Tỉnh ủy"], issued_on=DAY))
    assert [page.pk for page in exact_duplicates(twice)] == [known.pk]
    assert clashes(twice) == []


@pytest.mark.parametrize(
    ("printed", "document_type", "issuers", "issued_on", "clash"),
    [
        ("18-CT/TU", "chi-thi", ["Tỉnh ủy"], date(2011, 9, 15), True),
        ("18-CT/TU", "chi-thi", ["Cơ quan khác"], date(2011, 9, 15), False),
        ("18-CT/TU", "chi-thi", ["Cơ quan khác"], DAY, False),
        ("18-CT/TU", "ke-hoach", ["Tỉnh ủy"], DAY, False),
        ("19-CT/TU", "chi-thi", ["Tỉnh ủy"], DAY, False),
    ],
)
def test_what_differs_is_another_document(office, printed, document_type, issuers, issued_on, clash):
    office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"], issued_on=DAY))
    other = office.directive(printed, document_type, issuers=issuers, issued_on=issued_on)
    other = office.draft(office.documents, other)
    assert exact_duplicates(other) == []
    assert bool(clashes(other)) is clash


def test_a_pending_correction_counts(office):
    live = office.publish(office.documents, office.directive("17-CT/TU", issued_on=DAY))
    office.revise(live, reference_as_printed="18-CT/TU", number="", symbol="")
    new = office.draft(office.documents, office.directive("18-CT/TU", issued_on=DAY))
    assert [page.pk for page in exact_duplicates(new)] == [live.pk]
    assert [page.pk for page in exact_duplicates(fresh(live).get_latest_revision_as_object())] == [new.pk]


def test_a_duplicate_is_drafted_with_a_warning_and_refused_on_submission(office, login):
    office.publish(office.documents, office.directive("18-CT/TU", issued_on=DAY))
    page = office.draft(office.documents, office.directive("18-CT/TU", issued_on=DAY))
    url, client = reverse("wagtailadmin_pages:edit", args=[page.pk]), login(EDITOR)
    response = client.post(url, edit_data(page), follow=True)
    assert "Văn bản này đã có trong danh mục" in response.content.decode()
    response = client.post(url, {**edit_data(page), "action-submit": "1"})
    assert "reference_as_printed" in response.context["form"].errors
    assert fresh(page).current_workflow_state is None


def test_what_is_unusual_is_warned_of(office, login):
    """Another issuer under the same number and date, no file, no signer: the editor decides."""
    office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"], issued_on=DAY))
    page = office.draft(office.documents, office.directive("18-CT/TU", issuers=["Huyện ủy"], issued_on=DAY))
    assert len(elsewhere(page)) == 1
    response = login(EDITOR).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), edit_data(page), follow=True)
    content = response.content.decode()
    assert "chưa có tệp văn bản, người ký" in content
