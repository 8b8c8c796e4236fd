"""A mistaken publication is hidden at once; the version before is public again when a second person agrees."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.publishing.erasure.actions import propose as propose_erasure
from cms.publishing.proposals.actions import agree, overtake, refuse
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry
from cms.publishing.review import verification
from cms.publishing.takedown.actions import finish, in_effect, restore, take_down
from cms.publishing.takedown.undoing import may_undo, undo
from tests.factories import fresh


@pytest.fixture
def page(office):
    """A page whose second version was published by mistake."""
    page = office.publish(office.news, office.article("Tin", lead="Bản đúng"))
    office.revise(page, lead="Bản sai", change_kind="update", change_note="Đổi số liệu")
    return office.approve(page)


def test_the_version_before_comes_back_by_two(office, page, api, login):
    content = login(APPROVER).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert reverse("undo_publication", args=[page.pk]) in content
    login(APPROVER).post(reverse("undo_publication", args=[page.pk]), {"reason": "Nhầm bản"})
    api(f"pages/{page.pk}/", status=404)
    proposal = Proposal.objects.get(kind="undo")
    with pytest.raises(PermissionDenied):
        agree(proposal, office.users[APPROVER])
    login(REVIEWER).post(reverse("proposal", args=[proposal.pk]), {"agree": "1"})
    form = api(f"pages/{page.pk}/")
    assert form["lead"] == "Bản đúng"
    assert [one["note"] for one in form["meta"]["updates"]] == ["Đổi số liệu"]
    page = fresh(page)
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().lead == "Bản sai"
    assert verification.problems() == []
    # What was approved once serves no second time.
    office.revise(page, lead="Bản sai", change_kind="minor", change_note="")
    office.approve(page)
    assert fresh(page).lead == "Bản sai"


def test_it_is_refused_and_shown_as_it_was_published(office, page, api):
    proposal = undo(page, office.users[APPROVER], "Nhầm bản")
    refuse(proposal, office.users[REVIEWER], "Bản này đúng")
    assert api(f"pages/{page.pk}/")["lead"] == "Bản sai"


def test_taken_back_it_waits_hidden_for_a_second_person(office, page, api):
    proposal = undo(page, office.users[APPROVER], "Nhầm bản")
    refuse(proposal, office.users[APPROVER], "Để người khác xem")
    api(f"pages/{page.pk}/", status=404)


def test_who_may_not(office, page):
    assert not may_undo(office.users[EDITOR], page)
    first = office.publish(office.news, office.article("Bản đầu"))
    assert not may_undo(office.users[APPROVER], first)
    office.revise(page, lead="Đang sửa", change_kind="minor")
    assert not may_undo(office.users[APPROVER], fresh(page))
    with pytest.raises(PermissionDenied):
        undo(fresh(page), office.users[ADMIN], "Muộn")


def test_a_purge_leaves_nothing_of_it(office, page):
    type(page).objects.filter(pk=page.pk).update(title="Tên lộ bí mật", draft_title="Tên lộ bí mật")
    undo(fresh(page), office.users[APPROVER], "Lý do lộ bí mật")
    erasure = propose_erasure("page", page.pk, "purge", office.users[ADMIN], "Không được có ở đây")
    agree(erasure, office.users[REVIEWER])
    assert list(Proposal.objects.values_list("kind", "subject")) == [("purge", "")]
    told = RecordEntry.objects.filter(kind="proposed").get()
    assert (told.subject, told.reason, told.data) == ("", "", {})


def test_what_is_hidden_for_an_undoing_is_decided_with_it(office, page, api, login):
    undo(page, office.users[APPROVER], "Nhầm bản")
    hidden = Proposal.objects.get(kind="hide")
    content = login(REVIEWER).get(reverse("proposals")).content.decode()
    assert content.count(">Tin<") == 1
    with pytest.raises(PermissionDenied):
        refuse(hidden, office.users[REVIEWER], "Bản này đúng")
    with pytest.raises(PermissionDenied):
        restore(page, office.users[REVIEWER], "Bản này đúng")
    api(f"pages/{page.pk}/", status=404)


def test_an_undoing_ends_no_other_takedown(office, page, api):
    proposal = undo(page, office.users[APPROVER], "Nhầm bản")
    takedown = in_effect(page)
    # As it was stored before proposals were held together.
    finish(takedown, None, "")
    overtake(takedown.proposal, None, "")
    take_down(page, office.users[ADMIN], "hidden", "Lộ số điện thoại")
    with pytest.raises(ValidationError):
        agree(proposal, office.users[REVIEWER])
    refuse(proposal, office.users[REVIEWER], "Bản này đúng")
    api(f"pages/{page.pk}/", status=404)


def test_a_page_that_is_gone_leaves_nothing_to_decide(office, page):
    undo(page, office.users[APPROVER], "Nhầm bản")
    fresh(page).delete()
    assert not Proposal.objects.filter(decided_at=None).exists()
