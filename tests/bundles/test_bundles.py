"""Several pages are reviewed one by one and published together, all or none."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticleDirective, PlanBasis
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.bundles.actions import blockers, dissolve, item_of, release, seal_of, take_back
from cms.bundles.models import Bundle, BundleItem
from cms.common.due import do_what_is_due
from cms.erasure.actions import agree, propose
from cms.media.models import CustomImage
from cms.record.models import Entry
from cms.workflow.corrections import start
from cms.workflow.emergency import publish_in_emergency
from home.models import StandardPage
from tests.factories import fresh, make_image, make_user
from tests.workflow.test_admin import edit_data


@pytest.fixture
def pages(office):
    """A document, its plan and the news about it, as drafts."""
    directive = office.draft(office.documents, office.directive("21-CT/TU", subject="Phòng chống lũ"))
    plan = office.plan("Kế hoạch phòng chống lũ", tasks=[{"title": "Trực ban"}])
    plan.basis_items = [PlanBasis(directive=directive)]
    plan = office.draft(office.plans, plan)
    news = office.article("Ban hành chỉ thị phòng chống lũ")
    news.article_directives = [ArticleDirective(directive=directive)]
    return [directive, plan, office.draft(office.news, news)]


@pytest.fixture
def bundle(office, pages):
    return make_bundle(office, pages)


def make_bundle(office, pages, **fields):
    bundle = Bundle(name="Phòng chống lũ", created_by=office.users[EDITOR], **fields)
    bundle.items = [BundleItem(page_id=page.pk) for page in pages]
    bundle.save()
    return bundle


def live(pages):
    return [fresh(page).live for page in pages]


def form_data(bundle=None, pages=(), **fields):
    """What the admin's form posts."""
    data = {"name": "Gói", "go_live_at": "", "items-TOTAL_FORMS": len(pages), "items-INITIAL_FORMS": 0, **fields}
    for number, page in enumerate(pages):
        data |= {f"items-{number}-page": page.pk, f"items-{number}-ORDER": number + 1, f"items-{number}-id": ""}
    return data


def test_all_at_one_moment_when_an_approver_releases_them(office, pages, bundle, api, login):
    for page in pages[:2]:
        office.approve(page)
    assert live(pages) == [False] * 3
    assert [item.page_id for item, _why in blockers(bundle)] == [pages[2].pk]
    with pytest.raises(ValidationError):
        release(bundle, office.users[APPROVER])
    office.approve(pages[2])
    assert live(pages) == [False] * 3, "approved is not released"
    assert api("pages/", type="articles.ArticlePage")["items"] == []
    assert blockers(bundle) == []
    release(bundle, office.users[APPROVER])
    assert live(pages) == [True] * 3
    assert [item["id"] for item in api(f"pages/{pages[2].pk}/")["directives"]] == [pages[0].pk]
    assert api("search/", q="ke hoach phong chong lu")["items"]
    call_command("verify_publications")
    call_command("verify_audit_log")
    published = Entry.objects.filter(kind="published", page_id__in=[page.pk for page in pages])
    assert [entry.data["by"] for entry in published] == ["workflow"] * 3
    assert [step["name"] for step in published[0].data["steps"]] == ["Reviewer", "Approver"]


def test_what_one_page_shows_of_another_is_found_though_it_was_published_first(office, pages, bundle, api):
    """The plan is published after the document that names it, and in the same moment."""
    for page in pages:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    assert api(f"pages/{pages[1].pk}/")["basis"][0]["id"] == pages[0].pk


def test_all_or_none(office, pages, bundle):
    for page in pages:
        office.approve(page)
    taken = office.article("Chiếm địa chỉ", slug=fresh(pages[2]).slug + "-x")
    taken = office.publish(office.news, taken)
    type(taken).objects.filter(pk=taken.pk).update(slug=fresh(pages[2]).get_latest_revision_as_object().slug)
    with pytest.raises(ValidationError, match="Ban hành chỉ thị"):
        release(bundle, office.users[APPROVER])
    assert live(pages) == [False] * 3
    assert Bundle.objects.get(pk=bundle.pk).status == "open"


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, ADMIN])
def test_only_an_approver_releases(office, pages, bundle, login, role):
    for page in pages:
        office.approve(page)
    data = {"release": 1, "seal": seal_of(bundle)}
    login(role).post(reverse("bundles:inspect", args=[bundle.pk]), data)
    assert live(pages) == [False] * 3
    assert login(APPROVER).post(reverse("bundles:inspect", args=[bundle.pk]), data).status_code == 302
    assert live(pages) == [True] * 3


def test_a_page_that_is_ready_does_not_change(office, pages, bundle, login):
    news = office.approve(pages[2]) and fresh(pages[2])
    revision = news.latest_revision_id
    client = login(EDITOR)
    url = reverse("wagtailadmin_pages:edit", args=[news.pk])
    assert "Phòng chống lũ" in client.get(url).content.decode()
    for data in ({}, {"action-submit": "1"}, {"overwrite_revision_id": revision}):
        client.post(url, {**edit_data(news), "title": "Khác", **data})
    for name, args in (
        ("wagtailadmin_pages:delete", [news.pk]),
        ("wagtailadmin_pages:move_confirm", [news.pk, office.news.pk]),
        ("wagtailadmin_pages:revisions_revert", [news.pk, news.revisions.first().pk]),
    ):
        client.post(reverse(name, args=args), {**edit_data(news), "title": "Khác"})
    assert (fresh(news).latest_revision_id, fresh(news).draft_title) == (revision, news.draft_title)
    for page in pages[:2]:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    assert fresh(news).title == news.draft_title


def test_its_files_do_not_change_either(office, login):
    image = make_image("anh")
    page = office.draft(office.news, office.article("Có ảnh", image=image, image_alt="Ảnh"))
    make_bundle(office, [page])
    office.approve(page)
    assert image.is_fixed()


def test_what_was_published_stays_until_then(office, pages, client):
    page = office.publish(office.news, office.article("Bản cũ"))
    bundle = make_bundle(office, [page, pages[0]])
    office.revise(page, title="Bản mới", change_kind="update", change_note="Theo chỉ thị mới.")
    office.approve(page)
    assert (fresh(page).title, fresh(page).live) == ("Bản cũ", True)
    office.approve(pages[0])
    release(bundle, office.users[APPROVER])
    assert fresh(page).title == "Bản mới"


def test_at_a_time(office, pages, clock):
    bundle = make_bundle(office, pages, go_live_at=timezone.now() + timedelta(hours=1))
    for page in pages:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    do_what_is_due()
    assert live(pages) == [False] * 3
    assert Bundle.objects.get(pk=bundle.pk).status == "released"
    clock(hours=2)
    do_what_is_due()
    assert live(pages) == [True] * 3
    assert Bundle.objects.get(pk=bundle.pk).status == "published"


def test_a_release_is_taken_back(office, pages, clock):
    bundle = make_bundle(office, pages, go_live_at=timezone.now() + timedelta(hours=1))
    for page in pages:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    take_back(bundle, office.users[EDITOR])
    clock(hours=2)
    do_what_is_due()
    assert live(pages) == [False] * 3


def test_what_fails_when_it_is_due_is_told_and_not_tried_for_ever(
    office, pages, clock, django_capture_on_commit_callbacks
):
    bundle = make_bundle(office, pages, go_live_at=timezone.now() + timedelta(hours=1))
    for page in pages:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    taken = office.publish(office.news, office.article("Chiếm địa chỉ"))
    type(taken).objects.filter(pk=taken.pk).update(slug=fresh(pages[2]).get_latest_revision_as_object().slug)
    clock(hours=2)
    with django_capture_on_commit_callbacks(execute=True):
        do_what_is_due()
    assert live(pages) == [False] * 3
    assert Bundle.objects.get(pk=bundle.pk).status == "open"
    letters = [letter for letter in mail.outbox if "Phòng chống lũ" in letter.subject]
    assert sorted(letter.to[0] for letter in letters) == ["approver@example.org", "editor@example.org"]
    assert "Ban hành chỉ thị" in letters[0].body


def test_approvers_are_told_when_it_is_ready(office, pages, bundle, django_capture_on_commit_callbacks):
    for page in pages[:2]:
        office.approve(page)
    with django_capture_on_commit_callbacks(execute=True):
        office.approve(pages[2])
    assert [letter.to[0] for letter in mail.outbox if "sẵn sàng" in letter.subject] == ["approver@example.org"]


def test_a_page_that_is_taken_out_is_a_draft_again(office, pages, bundle):
    office.approve(pages[2])
    item_of(pages[2]).delete()
    assert not fresh(pages[2]).live
    office.revise(pages[2], title="Sửa thêm")
    office.approve(pages[2])
    assert fresh(pages[2]).live, "on its own now"
    assert ("bundle_left", pages[2].pk) in Entry.objects.values_list("kind", "page_id")


def test_a_bundle_is_dissolved(office, pages, bundle):
    office.approve(pages[0])
    with pytest.raises(PermissionDenied):
        dissolve(bundle, office.users[REVIEWER])
    dissolve(bundle, office.users[EDITOR])
    assert live(pages) == [False] * 3
    assert item_of(pages[0]) is None
    assert fresh(pages[0]).get_lock().for_user(office.users[EDITOR]) is False
    office.approve(pages[0])
    assert fresh(pages[0]).live


def test_an_emergency_takes_a_page_out(office, pages, bundle, settings):
    settings.EMERGENCY_PUBLICATION = True
    office.approve(pages[2])
    publish_in_emergency(fresh(pages[2]), office.users[APPROVER], "Lũ về.")
    assert fresh(pages[2]).live
    assert item_of(pages[2]) is None


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


def test_a_bundle_that_is_released_or_published_is_not_edited(office, pages, login, clock):
    bundle = make_bundle(office, pages, go_live_at=timezone.now() + timedelta(hours=1))
    for page in pages:
        office.approve(page)
    release(bundle, office.users[APPROVER])
    client = login(EDITOR)
    for status in ("released", "published"):
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
        reverse("workflow_review", args=[pages[0].pk]), {"approve": 1, "task_state": state.pk}, follow=True
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


@pytest.mark.parametrize("how", ["delete", "purge", "emergency"])
def test_a_released_bundle_that_loses_a_page_is_given_back(office, pages, settings, clock, how):
    settings.EMERGENCY_PUBLICATION = True
    page = office.publish(office.news, office.article("Bản cũ"))
    office.revise(page, title="Bản mới", change_kind="minor")
    bundle = make_bundle(office, [page, pages[0]], go_live_at=timezone.now() + timedelta(hours=1))
    for each in (page, pages[0]):
        office.approve(each)
    release(bundle, office.users[APPROVER])
    if how == "emergency":
        publish_in_emergency(fresh(page), office.users[APPROVER], "Lũ về.")
    else:
        agree(propose("page", page.pk, how, office.users[EDITOR], "Trùng."), office.users[APPROVER])
    assert Bundle.objects.get(pk=bundle.pk).status == "open"
    clock(hours=2)
    do_what_is_due()
    assert not fresh(pages[0]).live


def test_what_readers_would_not_see_blocks(office):
    parent = office.draft(office.home, StandardPage(title="Mục chưa công khai"))
    child = office.draft(parent, StandardPage(title="Trang con"))
    bundle = make_bundle(office, [child])
    office.approve(child)
    assert "Mục chưa công khai" in blockers(bundle)[0][1]
    both = make_bundle(office, [parent])
    BundleItem.objects.filter(bundle=bundle).update(bundle=both)
    office.approve(parent)
    assert blockers(both) == [], "they come together"
    release(both, office.users[APPROVER])
    assert live([parent, child]) == [True, True]


def test_what_would_be_off_line_at_once_blocks(office):
    page = office.draft(office.news, office.article("Sắp hết hạn"))
    office.revise(page, expire_at=timezone.now() + timedelta(hours=1))
    bundle = make_bundle(office, [page], go_live_at=timezone.now() + timedelta(hours=2))
    office.approve(page)
    assert len(blockers(bundle)) == 1


def test_what_a_ready_page_refers_to_is_not_deleted(office, pages, bundle, login):
    office.approve(pages[2])
    login(EDITOR).post(reverse("wagtailadmin_pages:delete", args=[pages[0].pk]))
    assert fresh(pages[0])
    fresh(pages[0]).delete()
    (blocked,) = [why for item, why in blockers(bundle) if item.page_id == pages[2].pk]
    assert "gửi duyệt lại" in blocked


def test_a_ready_page_is_not_set_aside_for_a_correction(office):
    page = office.publish(office.news, office.article("Bản cũ"))
    office.revise(page, title="Bản mới", change_kind="minor")
    make_bundle(office, [page])
    office.approve(page)
    with pytest.raises(PermissionDenied):
        start(fresh(page), office.users[EDITOR])


def test_what_stands_above_a_ready_page_is_not_moved(office, login):
    parent = office.draft(office.home, StandardPage(title="Mục"))
    other = office.draft(office.home, StandardPage(title="Mục khác"))
    child = office.draft(parent, StandardPage(title="Trang con"))
    make_bundle(office, [child])
    office.approve(child)
    login(EDITOR).post(reverse("wagtailadmin_pages:move_confirm", args=[parent.pk, other.pk]))
    assert fresh(child).url_path == child.url_path


def test_one_that_fails_does_not_hold_up_the_others(office, clock):
    bundles = []
    for number in range(2):
        image = make_image(f"anh-{number}", colour=("red", "blue")[number])
        page = office.draft(office.news, office.article(f"Tin {number}", image=image, image_alt="Ảnh"))
        bundles.append(make_bundle(office, [page], go_live_at=timezone.now() + timedelta(hours=1)))
        office.approve(page)
        release(bundles[-1], office.users[APPROVER])
    image = CustomImage.objects.get(title="anh-0")
    image.file.storage.delete(image.file.name)
    clock(hours=2)
    do_what_is_due()
    assert [Bundle.objects.get(pk=bundle.pk).status for bundle in bundles] == ["open", "published"]


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
    content = client.get(reverse("workflow_review", args=[pages[0].pk])).content.decode()
    assert "được xuất bản cùng gói “Phòng chống lũ”" in content
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[pages[0].pk])).content.decode()
    assert reverse("workflow_review", args=[pages[0].pk]) in editor.split("<form")[0], "at the top"
