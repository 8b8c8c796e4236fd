"""A typo in a live page is corrected while a larger draft is pending; the draft is kept, and offered again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.publishing.record.ledger import Ledger
from cms.publishing.review.corrections import differences, may_start, set_aside, start, take_up
from tests.factories import fresh, make_user


@pytest.fixture
def writer(office):
    """Who writes the larger draft, and may review as well."""
    return make_user("viet", EDITOR, REVIEWER)


@pytest.fixture
def page(office, writer):
    """A live page with a larger draft that changes title and lead."""
    page = office.publish(office.news, office.article("Tieu đề sai", byline="Ban đầu"))
    office.revise(page, writer, title="Tiêu đề lớn", lead="Tóm tắt lớn.")
    return fresh(page)


def correct(office, page, **fields):
    """The whole correction: the draft is set aside, the live version corrected, reviewed and published."""
    start(page, office.users[EDITOR])
    office.revise(page, change_kind="correction", change_note="Sửa lỗi chính tả.", **fields)
    return office.approve(page)


def test_the_correction_starts_from_what_is_public(office, page):
    start(page, office.users[EDITOR])
    draft = fresh(page).get_latest_revision_as_object()
    assert (draft.title, draft.lead) == ("Tieu đề sai", "Tóm tắt.")
    page = correct_published(office, page)
    assert (page.title, page.lead) == ("Tiêu đề sai", "Tóm tắt.")
    call_command("verify_publications")


def correct_published(office, page):
    office.revise(page, title="Tiêu đề sai", change_kind="correction", change_note="Sửa lỗi chính tả.")
    return office.approve(page)


def test_the_writer_of_the_pending_draft_may_review_the_correction(office, page, writer):
    """What is set aside is not part of the correction, so its writer is no author of it."""
    start(page, office.users[EDITOR])
    office.revise(page, title="Tiêu đề sai", change_kind="minor")
    office.submit(page)
    office.decide(page, writer)
    office.decide(page, APPROVER)
    assert fresh(page).title == "Tiêu đề sai"


def test_the_draft_is_offered_again_with_its_conflicts(office, page, login):
    page = correct(office, page, title="Tiêu đề sai")
    entry = set_aside(page)
    found = {one.name: one.is_conflict for one in differences(page, entry)}
    assert found == {"title": True, "lead": False}
    client = login(EDITOR)
    assert "đã được cất" in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    content = client.get(reverse("review_correction", args=[page.pk])).content.decode()
    assert "Tiêu đề lớn" in content
    assert "Tóm tắt lớn." in content
    assert content.count('name="taken"') == 1


@pytest.mark.parametrize(("taken", "title"), [([], "Tiêu đề sai"), (["title"], "Tiêu đề lớn")])
def test_it_is_taken_up_on_top_of_the_correction(office, page, writer, login, taken, title):
    page = correct(office, page, title="Tiêu đề sai", byline="Đã sửa")
    login(EDITOR).post(reverse("review_correction", args=[page.pk]), {"take_up": "1", "taken": taken})
    draft = fresh(page).get_latest_revision_as_object()
    assert (draft.title, draft.lead, draft.byline) == (title, "Tóm tắt lớn.", "Đã sửa")
    assert set_aside(fresh(page)) is None
    assert fresh(page).title == "Tiêu đề sai", "nothing is public yet"


def test_the_writer_of_what_is_taken_up_does_not_review_it(office, page, writer):
    page = correct(office, page, title="Tiêu đề sai")
    take_up(page, office.users[EDITOR], {"title"})
    digest = Ledger([page.pk]).changes[page.pk][-1].digest
    assert Ledger([page.pk]).authors(page.pk, digest) == {writer.pk, office.users[EDITOR].pk}
    office.submit(page)
    with pytest.raises(PermissionDenied):
        office.decide(page, writer)
    office.decide(page, REVIEWER)
    office.decide(page, APPROVER)
    assert fresh(page).lead == "Tóm tắt lớn."
    call_command("verify_publications")


def test_it_is_kept_when_revisions_are_purged(office, page):
    page = correct(office, page, title="Tiêu đề sai")
    call_command("purge_revisions")
    assert set_aside(page).revision.content["lead"] == "Tóm tắt lớn."
    assert {one.name for one in differences(fresh(page), set_aside(page))} == {"title", "lead"}


def test_it_is_dropped_by_who_does_not_want_it(office, page, login):
    page = correct(office, page, title="Tiêu đề sai")
    login(EDITOR).post(reverse("review_correction", args=[page.pk]), {"drop": "1"})
    assert set_aside(fresh(page)) is None


def test_only_beside_a_pending_draft_that_is_not_in_review(office, page):
    editor = office.users[EDITOR]
    assert may_start(editor, page)
    assert not may_start(office.users[REVIEWER], page)
    office.submit(page)
    assert not may_start(editor, fresh(page))
    other = office.publish(office.news, office.article("Không có nháp"))
    with pytest.raises(PermissionDenied):
        start(other, editor)


@pytest.mark.parametrize("role", [REVIEWER, APPROVER, "admin"])
def test_who_does_not_draft_starts_nothing(office, page, login, role):
    login(role).post(reverse("review_correction", args=[page.pk]), {"start": "1"})
    assert set_aside(fresh(page)) is None
