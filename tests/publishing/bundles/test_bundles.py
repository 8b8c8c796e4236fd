"""Several pages are reviewed one by one and published together, all or none."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.core.due import do_what_is_due
from cms.media.models import CustomImage
from cms.publishing.bundles.actions import blockers, dissolve, item_of, release, take_back
from cms.publishing.bundles.models import Bundle, BundleItem
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.publishing.record.models import RecordEntry
from cms.publishing.review.corrections import start
from cms.publishing.review.emergency import publish_in_emergency
from home.models import StandardPage
from tests.factories import fresh, make_image
from tests.publishing.bundles.building import live, make_bundle
from tests.publishing.review.test_admin import edit_data


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
    published = RecordEntry.objects.filter(kind="published", page_id__in=[page.pk for page in pages])
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
    assert ("bundle_left", pages[2].pk) in RecordEntry.objects.values_list("kind", "page_id")


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
    image.renditions.all().delete()
    image.file.storage.delete(image.file.name)
    clock(hours=2)
    do_what_is_due()
    assert [Bundle.objects.get(pk=bundle.pk).status for bundle in bundles] == ["open", "published"]
