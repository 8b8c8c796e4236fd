"""Bundles in the admin: made, changed, released, and what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.core.due import do_what_is_due
from cms.publishing.bundles.actions import item_of, release, seal_of
from cms.publishing.bundles.models import Bundle
from tests.factories import fresh, make_user
from tests.publishing.bundles.building import live, make_bundle


def form_data(bundle=None, pages=(), **fields):
    """What the admin's form posts."""
    data = {"name": "Gói", "go_live_at": "", "items-TOTAL_FORMS": len(pages), "items-INITIAL_FORMS": 0, **fields}
    for number, page in enumerate(pages):
        data |= {f"items-{number}-page": page.pk, f"items-{number}-ORDER": number + 1, f"items-{number}-id": ""}
    return data


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, ADMIN])
def test_only_an_approver_releases(office, pages, bundle, login, role):
    for page in pages:
        office.approve(page)
    data = {"release": 1, "seal": seal_of(bundle)}
    login(role).post(reverse("bundles:inspect", args=[bundle.pk]), data)
    assert live(pages) == [False] * 3
    assert login(APPROVER).post(reverse("bundles:inspect", args=[bundle.pk]), data).status_code == 302
    assert live(pages) == [True] * 3


def test_bundles_are_made_and_changed_in_the_admin(office, pages, login):
    client = login(EDITOR)
    response = client.post(reverse("bundles:add"), form_data(pages=pages[:2]))
    assert response.status_code == 302, response.context["form"].errors
    bundle = Bundle.objects.get()
    assert {item.page_id for item in bundle.items.all()} == {pages[0].pk, pages[1].pk}
    assert bundle.created_by == office.users[EDITOR]
    content = client.get(reverse("bundles:inspect", args=[bundle.pk])).content.decode()
    assert "Chưa gửi duyệt" in content
    office.submit(pages[0])
    assert "Thẩm định" in client.get(reverse("bundles:inspect", args=[bundle.pk])).content.decode()
    assert client.get(reverse("bundles:index")).status_code == 200
    assert client.get(reverse("bundles:edit", args=[bundle.pk])).status_code == 200


@pytest.mark.parametrize("wrong", ["elsewhere", "twice", "nothing new", "home", "none"])
def test_what_makes_no_bundle_is_said(office, pages, bundle, login, wrong):
    chosen = {
        "elsewhere": [pages[0]],
        "twice": [office.draft(office.news, office.article("Mới"))] * 2,
        "nothing new": [office.publish(office.news, office.article("Đã xuất bản"))],
        "home": [office.home],
        "none": [],
    }[wrong]
    response = login(EDITOR).post(reverse("bundles:add"), form_data(pages=chosen))
    assert response.status_code == 200
    assert Bundle.objects.count() == 1


def test_a_bundle_that_is_released_or_published_is_not_edited(office, pages, login, client, clock):
    bundle = make_bundle(office, pages, go_live_at=timezone.now() + timedelta(hours=1))
    for page in pages:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    for status in ("released", "published"):
        client.logout()
        login(EDITOR)
        assert Bundle.objects.get(pk=bundle.pk).status == status
        client.post(reverse("bundles:edit", args=[bundle.pk]), form_data(pages=[]))
        assert bundle.items.count() == 3
        content = client.get(reverse("bundles:index")).content.decode()
        assert reverse("bundles:edit", args=[bundle.pk]) not in content
        assert client.get(reverse("bundles:inspect", args=[bundle.pk])).status_code == 200
        clock(hours=2)
        do_what_is_due()


def test_every_role_sees_bundles(office, bundle, login, role):
    client = login(role)
    assert client.get(reverse("bundles:index")).status_code == 200
    assert client.get(reverse("bundles:inspect", args=[bundle.pk])).status_code == 200


def test_a_page_of_a_bundle_says_so_when_it_is_approved(office, pages, bundle, login):
    office.submit(pages[0])
    office.decide(pages[0], REVIEWER)
    state = fresh(pages[0]).current_workflow_task_state
    response = login(APPROVER).post(
        reverse("review_page", args=[pages[0].pk]), {"approve": 1, "task_state": state.pk}, follow=True
    )
    assert "được xuất bản cùng gói" in response.content.decode()


def edit_form(bundle, **fields):
    """What the form of a stored bundle posts, row by row."""
    items = list(bundle.items.all())
    data = {
        "name": bundle.name, "go_live_at": "", "items-TOTAL_FORMS": len(items), "items-INITIAL_FORMS": len(items),
    }  # fmt: skip
    for number, item in enumerate(items):
        data |= {f"items-{number}-id": item.pk, f"items-{number}-page": item.page_id, f"items-{number}-ORDER": number}
    return {**data, **fields}


def test_a_row_keeps_its_page(office, pages, bundle, login):
    """Another page in the place of one that is ready would be shown as approved."""
    office.approve(pages[0])
    other = office.draft(office.news, office.article("Chưa ai xem"))
    client, url = login(EDITOR), reverse("bundles:edit", args=[bundle.pk])
    for wrong in ({"items-0-page": other.pk}, {"items-0-page": pages[1].pk, "items-1-page": pages[0].pk}):
        assert client.post(url, edit_form(bundle, **wrong)).status_code == 200
    assert [item.page_id for item in bundle.items.all()] == [page.pk for page in pages]
    assert client.post(url, edit_form(bundle, name="Tên mới")).status_code == 302
    assert Bundle.objects.get(pk=bundle.pk).name == "Tên mới"
    assert item_of(pages[0]).revision_id, "what was ready is so still"


@pytest.mark.parametrize("moment", ["01/01/0001 00:00", "01/01/2020 00:00", "31/02/2030 08:00", "mai"])
def test_a_time_that_makes_no_sense(office, pages, bundle, login, moment):
    url = reverse("bundles:edit", args=[bundle.pk])
    response = login(EDITOR).post(url, edit_form(bundle, go_live_at=moment))
    assert "go_live_at" in response.context["form"].errors


def test_a_release_is_of_what_was_seen(office, pages, bundle, login):
    for page in pages:
        office.approve(page)
    seen = seal_of(bundle)
    item_of(pages[2]).delete()
    response = login(APPROVER).post(
        reverse("bundles:inspect", args=[bundle.pk]), {"release": 1, "seal": seen}, follow=True
    )
    assert "hãy xem lại" in response.content.decode()
    assert live(pages) == [False] * 3


def test_nobody_deletes_a_bundle(office, bundle, client):
    client.force_login(make_user("chu", is_superuser=True))
    client.post(reverse("bundles:delete", args=[bundle.pk]))
    assert Bundle.objects.filter(pk=bundle.pk).exists()


@pytest.mark.parametrize("forged", [{"items-0-id": "abc"}, {"items-0-page": "abc"}, {"items-TOTAL_FORMS": "x"}])
def test_what_no_browser_sends(office, pages, bundle, login, forged):
    response = login(EDITOR).post(reverse("bundles:edit", args=[bundle.pk]), edit_form(bundle, **forged), follow=True)
    assert response.status_code == 200
    assert bundle.items.count() == 3


def test_reviewers_learn_that_a_page_is_in_a_bundle(office, pages, bundle, login):
    office.submit(pages[0])
    client = login(REVIEWER)
    content = client.get(reverse("review_page", args=[pages[0].pk])).content.decode()
    assert "được xuất bản cùng gói “Phòng chống lũ”" in content
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[pages[0].pk]), {"read": "1"}).content.decode()
    assert reverse("review_page", args=[pages[0].pk]) in editor.split("<form")[0], "at the top"
