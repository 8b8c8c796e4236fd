"""The admin says what readers get of a page and what is about to happen to it, and each desk has what its person
needs.
"""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.pages.states import state_of, states_of
from cms.publishing.bundles.models import Bundle, BundleItem
from cms.publishing.proposals.actions import agree
from cms.publishing.takedown import actions
from cms.publishing.takedown.models import TakedownKind
from cms.publishing.takedown.permissions import may_decide
from tests.factories import fresh


@pytest.fixture
def states(office):
    """One page in each state, with what the admin is to say."""
    draft = office.draft(office.news, office.article("Nháp"))
    review = office.draft(office.news, office.article("Thẩm định"))
    office.submit(review)
    approval = office.draft(office.news, office.article("Duyệt"))
    office.submit(approval)
    office.decide(approval, REVIEWER)
    returned = office.draft(office.news, office.article("Trả lại"))
    office.submit(returned)
    office.decide(returned, REVIEWER, "reject", comment="Thiếu nguồn.")
    live = office.publish(office.news, office.article("Trên cổng"))
    newer = office.publish(office.news, office.article("Có nháp"))
    office.revise(newer, lead="Khác.")
    hidden = office.publish(office.news, office.article("Ẩn"))
    actions.take_down(hidden, office.users[APPROVER], TakedownKind.HIDDEN, "Sai tên người")
    proposed = office.publish(office.news, office.article("Đề nghị gỡ"))
    actions.take_down(proposed, office.users[EDITOR], TakedownKind.ERROR, "Đăng nhầm")
    removed = office.publish(office.news, office.article("Gỡ"))
    proposal = actions.take_down(removed, office.users[EDITOR], TakedownKind.ERROR, "Đăng nhầm")
    agree(proposal, office.users[APPROVER], kind=TakedownKind.ERROR, reason="Đăng nhầm")
    withdrawn = office.publish(office.documents, office.directive())
    proposal = actions.take_down(withdrawn, office.users[EDITOR], TakedownKind.WITHDRAWN, "Không còn dùng")
    agree(proposal, office.users[APPROVER], kind=TakedownKind.WITHDRAWN, reason="Không còn dùng")
    scheduled = office.article("Hẹn giờ", go_live_at=timezone.now() + timedelta(days=1))
    office.publish(office.news, scheduled)
    bundled = office.draft(office.news, office.article("Trong gói"))
    bundle = Bundle.objects.create(name="Gói tuần")
    BundleItem.objects.create(bundle=bundle, page=bundled)
    office.approve(bundled)
    return {
        draft: "Bản nháp",
        review: "Chờ thẩm định",
        approval: "Chờ duyệt",
        returned: "Bị trả lại",
        live: "Đã xuất bản",
        newer: "Đã xuất bản, có bản nháp mới",
        hidden: "Tạm ẩn, chờ người thứ hai",
        proposed: "Đã xuất bản, chờ gỡ",
        removed: "Đã gỡ",
        withdrawn: "Đã rút",
        scheduled: "Hẹn giờ xuất bản",
        bundled: "Chờ xuất bản",
    }


def test_what_each_state_is_called(states):
    for page, words in states.items():
        said = str(state_of(fresh(page)))
        assert said == words or said.startswith(words + " "), (page.title, said)
        # Wagtail's lists and exports ask the page itself.
        assert fresh(page).status_string == said


def test_only_what_readers_get_is_public(states):
    public = {page.title for page in states if state_of(fresh(page)).is_public}
    assert public == {"Trên cổng", "Có nháp", "Đề nghị gỡ", "Chỉ thị 18-CT/TU"}


def test_many_pages_cost_no_more_queries_than_one(states, django_assert_max_num_queries):
    pages = list(Page.objects.filter(pk__in=[page.pk for page in states]))
    with django_assert_max_num_queries(8):
        assert len(states_of(pages)) == len(states)


def test_explorer_and_editor_say_so(states, office, login):
    client = login(EDITOR)
    listing = client.get(reverse("wagtailadmin_explore", args=[office.news.pk])).content.decode()
    for words in ("Tạm ẩn, chờ người thứ hai", "Đã gỡ", "Chờ thẩm định", "Chờ duyệt", "Đã xuất bản, chờ gỡ"):
        assert words in listing
    draft = next(page for page in states if page.title == "Nháp")
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "Bản nháp" in editor
    assert "Sửa được" in editor
    assert "Đã bị khóa" not in editor
    assert "Đang khóa" not in editor


def test_the_desk_of_each_role(states, office, login):
    desks = {
        role: login(role).get(reverse("wagtailadmin_home")).content.decode() for role in (EDITOR, REVIEWER, APPROVER)
    }
    editor, reviewer, approver = desks[EDITOR], desks[REVIEWER], desks[APPROVER]
    for model in ("articlepage", "directivepage", "taskplanpage"):
        assert f"/admin/pages/add/articles/{model}/" in editor
        assert f"/admin/pages/add/articles/{model}/" not in approver
    assert "Nội dung bạn đã gửi duyệt" in editor
    assert "Chờ bạn quyết định: 1 trang" in reviewer
    assert "Chờ bạn quyết định: 1 trang" in approver
    assert "tin bài · " not in approver
    assert "bản đầu tiên" in approver
    assert "Bạn vừa quyết định" in approver
    assert "Hẹn giờ" in approver


def test_what_waits_for_a_second_person_is_listed_and_counted(states, office, login):
    def seen_by(role):
        page = login(role).get(reverse("wagtailadmin_home")).content.decode()
        # The sidebar is in the page as JSON.
        count = next((n for n in (1, 2, 3) if json.dumps(f"Chờ người thứ hai ({n})")[1:-1] in page), 0)
        return count, "Sai tên người" in page, "Đăng nhầm" in page

    # Nobody is asked to decide on what they hid or proposed themselves.
    assert seen_by(APPROVER) == (1, False, True)
    assert seen_by(EDITOR) == (0, False, False)
    deciders = [role for role in (REVIEWER, ADMIN) if may_decide(office.users[role])]
    assert deciders
    assert [seen_by(role) for role in deciders] == [(2, True, True)] * len(deciders)
