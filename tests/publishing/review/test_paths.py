"""Every path to publication through the admin and through pages, tried by whoever might (docs/publication-paths.md)."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.pages.publication import PublicationRefused
from home.models import HomePage
from tests.factories import fresh, make_user

from .conftest import NEW, verified
from .test_admin import edit_data


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# Through the admin


def test_publish_by_post(anybody, draft):
    anybody.post(edit_url(draft), {**edit_data(draft), "action-publish": "1"})
    assert not fresh(draft).live


def test_create_and_publish_by_post(anybody, office):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", office.news.pk])
    page = office.article(NEW)
    anybody.post(url, {**edit_data(page), "slug": "chua-ai-duyet", "action-publish": "1"})
    assert not ArticlePage.objects.live().exists()


def test_bulk_publish(anybody, draft):
    anybody.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={draft.pk}", {"include_descendants": "on"})
    assert not fresh(draft).live


@pytest.mark.parametrize(
    "action", ["publish", "unpublish", "delete", "move", "copy", "create_alias", "revert_to_page_revision"]
)
def test_internal_admin_api(anybody, draft, live, action):
    for page in (draft, live):
        anybody.post(
            f"/admin/api/main/pages/{page.pk}/action/{action}/",
            json.dumps({"revision_id": page.latest_revision_id, "slug": f"ban-sao-{page.pk}"}),
            content_type="application/json",
        )
    assert [page.pk for page in ArticlePage.objects.live()] == [live.pk]
    assert verified()


def test_edit_and_approve_in_one_post(office, draft, client):
    office.submit(draft)
    office.decide(draft, REVIEWER)
    client.force_login(office.users[APPROVER])
    data = {
        **edit_data(draft),
        "lead": "Sửa rồi duyệt",
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
    }
    client.post(edit_url(draft), data)
    page = fresh(draft)
    assert not page.live or page.lead == "Tóm tắt."
    assert page.get_latest_revision_as_object().lead == "Tóm tắt."
    assert verified()


def test_autosave_over_the_revision_in_review(office, draft, client):
    office.submit(draft)
    revision = fresh(draft).latest_revision
    client.force_login(office.users[EDITOR])
    data = {**edit_data(draft), "lead": "Đổi lén", "overwrite_revision_id": revision.pk}
    client.post(edit_url(draft), data, headers={"accept": "application/json"})
    revision.refresh_from_db()
    assert revision.content["lead"] == "Tóm tắt."
    assert fresh(draft).latest_revision_id == revision.pk


def test_revert_while_in_review(office, draft, client):
    first = fresh(draft).latest_revision
    office.revise(draft, lead="Bản hai")
    office.submit(draft)
    client.force_login(office.users[EDITOR])
    client.post(
        reverse("wagtailadmin_pages:revisions_revert", args=[draft.pk, first.pk]),
        {**edit_data(draft), "revision": first.pk},
    )
    client.post(edit_url(draft), {**edit_data(draft), "revision": first.pk})
    assert fresh(draft).get_latest_revision_as_object().lead == "Bản hai"


def test_a_comment_makes_nobody_an_author(office, draft):
    """Saving without a change of content, as for a comment, does not shut a reviewer out."""
    both = make_user("hai-vai", EDITOR, REVIEWER)
    fresh(draft).get_latest_revision_as_object().save_revision(user=both, log_action=True)
    office.submit(draft)
    office.decide(draft, both)
    assert fresh(draft).current_workflow_task.name == "Duyệt"


# Through pages


@pytest.mark.parametrize("alias", ["", "on"])
def test_copy_and_alias(anybody, office, live, alias):
    data = {
        "new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": office.news.pk, "publish_copies": "on",
        "alias": alias,
    }  # fmt: skip
    anybody.post(reverse("wagtailadmin_pages:copy", args=[live.pk]), data)
    assert ArticlePage.objects.live().count() == 1


def test_copy_by_code(live):
    with pytest.raises(PublicationRefused):
        live.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"}, keep_live=True)
    assert ArticlePage.objects.count() == 1


def test_a_copy_that_is_not_live_is_a_draft(live):
    copy = live.copy(update_attrs={"slug": "ban-sao"}, keep_live=False)
    assert not copy.live


def test_move_and_reorder(anybody, office, live):
    other = office.publish(office.news, office.article("Khác"))
    before = [fresh(page).path for page in (live, other)]
    anybody.post(reverse("wagtailadmin_pages:move_confirm", args=[live.pk, office.home.pk]), {"slug": live.slug})
    anybody.post(reverse("wagtailadmin_pages:set_page_position", args=[live.pk]), {"position": "1"})
    anybody.post(reverse("wagtailadmin_pages:set_page_position", args=[live.pk]) + "?position=1")
    assert [fresh(page).path for page in (live, other)] == before


def test_delete_and_unpublish(anybody, live):
    anybody.post(reverse("wagtailadmin_pages:delete", args=[live.pk]))
    anybody.post(reverse("wagtailadmin_pages:unpublish", args=[live.pk]))
    anybody.post(f"/admin/bulk/wagtailcore/page/delete/?next=/admin/&id={live.pk}")
    anybody.post(f"/admin/bulk/wagtailcore/page/unpublish/?next=/admin/&id={live.pk}")
    anybody.post(f"/admin/bulk/wagtailcore/page/move/?next=/admin/&id={live.pk}", {"chooser": live.get_parent().pk})
    assert fresh(live).live


def test_privacy(anybody, live):
    anybody.post(reverse("wagtailadmin_pages:set_privacy", args=[live.pk]), {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


def test_a_second_home_page(anybody, office):
    root = Page.get_first_root_node()
    url = reverse("wagtailadmin_pages:add", args=["home", "homepage", root.pk])
    data = {"title": "Khác", "slug": "khac", "introduction": "null", "action-publish": "1"}
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    anybody.post(url, data)
    assert HomePage.objects.live().count() == 1


@pytest.mark.parametrize("role", [REVIEWER, APPROVER, ADMIN])
def test_who_may_only_read_changes_no_draft(office, live, client, role):
    alias = live.create_alias(update_slug="ban-sao", parent=office.news)
    draft = office.revise(live, lead="Đổi")
    first = live.revisions.earliest("pk")
    client.force_login(office.users[role])
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    for page, action in ((alias, "convert_alias"), (draft, "revert_to_page_revision")):
        answer = client.post(
            f"/admin/api/main/pages/{page.pk}/action/{action}/",
            json.dumps({"revision_id": first.pk}),
            content_type="application/json",
        )
        assert answer.status_code == 404
    assert fresh(alias).alias_of_id == live.pk
    assert fresh(draft).latest_revision_id == draft.latest_revision_id


def test_an_alias_becomes_a_page_of_its_own(office, live, boss, client):
    alias = live.create_alias(update_slug="ban-sao", parent=office.news)
    assert verified()
    client.force_login(boss)
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    page = fresh(alias)
    office.revise(page, lead="Đổi")
    assert fresh(page).lead == "Tóm tắt."
    assert verified()
