"""Ways around the record that were found by trying, each closed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Task, Workflow, WorkflowPage, WorkflowTask

from articles.models import ArticleAttachment, ArticlePage, RelatedArticle
from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.media.models import CustomDocument
from cms.pages.publication import PublicationRefused
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.record import digest
from cms.publishing.record.digest import content_digest, digest_of
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.trail import versions
from cms.publishing.review import verification
from cms.publishing.review.verification import problems
from cms.publishing.takedown.actions import in_effect, take_down, waiting
from tests.factories import fresh, make_document, make_user


@pytest.fixture
def small_office(office):
    """An office whose news have one step."""
    workflow = Workflow.objects.create(name="Một bước")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(name="Duyệt"), sort_order=0)
    WorkflowPage.objects.filter(page=office.news).update(workflow=workflow)
    return office


def publish_one_step(office, page, approver=APPROVER):
    office.submit(page)
    office.decide(page, approver)
    return fresh(page)


def test_an_earlier_version_does_not_come_back_by_its_author_alone(small_office):
    office, both = small_office, make_user("hai-vai", EDITOR, APPROVER)
    page = office.draft(office.news, office.article("Tin"))
    publish_one_step(office, page)
    for lead in ("Sai", "Đúng"):
        office.revise(page, lead=lead)
        publish_one_step(office, page)
    office.revise(page, both, lead="Sai")
    office.submit(page, both)
    with pytest.raises(PermissionDenied):
        office.decide(page, both)
    assert fresh(page).lead == "Đúng"
    publish_one_step_again(office, page)
    assert versions(page.pk)[0]["authors"] == ["Hai-Vai"]


def publish_one_step_again(office, page):
    office.decide(page, APPROVER)


def test_content_that_is_public_already_is_not_approved_by_its_author(small_office):
    office, both = small_office, make_user("hai-vai", EDITOR, APPROVER)
    page = office.draft(office.news, office.article("Tin"), both)
    publish_one_step(office, page)
    office.revise(page, both)
    office.submit(page, both)
    with pytest.raises(PermissionDenied):
        office.decide(page, both)


def test_the_same_content_again_ends_no_takedown(small_office):
    office = small_office
    page = office.draft(office.news, office.article("Tin"))
    page = publish_one_step(office, page)
    proposal = take_down(page, office.users[REVIEWER], "error", "Nhầm.")
    agree(proposal, office.users["admin"], kind="error", reason="Nhầm.")
    office.revise(page)
    publish_one_step(office, page)
    assert in_effect(page) is not None


def test_what_was_under_way_ends_no_takedown(office, clock, client):
    page = office.publish(office.news, office.article("Tin"))
    office.revise(page, lead="Hẹn giờ", go_live_at=timezone.now() + timedelta(hours=1))
    office.approve(page)
    proposal = take_down(page, office.users[REVIEWER], "error", "Nhầm.")
    agree(proposal, office.users[APPROVER], kind="error", reason="Nhầm.")
    clock(hours=2)
    call_command("publish_scheduled")
    assert in_effect(page) is not None
    assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 404


def test_a_file_replaced_while_its_page_waits_is_not_published(office, clock):
    document = make_document(content=b"da duyet")
    page = office.article("Tin")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.draft(office.news, page)
    office.revise(page, go_live_at=timezone.now() + timedelta(hours=1))
    office.approve(page)
    proposal = take_down(fresh(page), office.users[REVIEWER], "hidden", "Chờ.")
    document = CustomDocument.objects.get(pk=document.pk)
    document.file = ContentFile(b"khac", name="khac.txt")
    document.save()
    clock(hours=2)
    refuse(proposal, office.users[APPROVER], "Đúng rồi.")
    assert not fresh(page).live, "restored, but what had been approved for later is not what it was"
    assert RecordEntry.objects.filter(page_id=page.pk).last().kind == RecordKind.SCHEDULE_FAILED


def test_who_replaces_a_file_is_an_author(small_office, login):
    office = small_office
    both = make_user("hai-vai", EDITOR, APPROVER)
    document = make_document(content=b"cu")
    page = office.article("Tin")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.draft(office.news, page)
    client = login(EDITOR)
    client.force_login(both)
    data = {"title": "tep.txt", "collection": document.collection_id, "file": ContentFile(b"moi", name="moi.txt")}
    assert client.post(f"/admin/documents/edit/{document.pk}/", data).status_code == 302
    assert RecordEntry.objects.get(kind=RecordKind.FILE_REPLACED).user_id == both.pk
    office.submit(page)
    with pytest.raises(PermissionDenied):
        office.decide(page, both)
    office.decide(page, APPROVER)
    assert fresh(page).live


def test_an_alias_says_what_its_source_says(office):
    source = office.publish(office.news, office.article("Tin"))
    alias = source.create_alias(update_slug="ban-sao", parent=office.news)
    assert problems() == []
    alias.lead = "Khác"
    with pytest.raises(PublicationRefused):
        alias.save()
    draft = office.draft(office.news, office.article("Chưa duyệt"))
    draft.alias_of, draft.live = source, True
    with pytest.raises(PublicationRefused):
        draft.save()
    office.revise(source, lead="Bản hai")
    office.approve(source)
    assert fresh(alias).lead == "Bản hai", "aliases follow"
    assert problems() == []


def test_single_fields_of_a_live_page_are_judged_too(office):
    page = office.publish(office.news, office.article("Tin"))
    page.title = "Khác"
    with pytest.raises(PublicationRefused):
        page.save(update_fields=["title"])


def test_a_new_field_of_wagtail_takes_back_no_approval(office):
    page = office.publish(office.news, office.article("Tin"))
    draft = office.draft(office.news, office.article("Đang duyệt"))
    office.submit(draft)
    office.decide(draft, REVIEWER)
    # As an update leaves it: every revision that is stored anew has the field.
    for revision in Revision.objects.all():
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "field_of_tomorrow": "x"})
    office.decide(draft, APPROVER)
    assert fresh(draft).live
    assert verification.problems() == []
    data = fresh(page).serializable_data()
    assert content_digest(ArticlePage, {**data, "field_of_tomorrow": 0}) == digest_of(fresh(page))


def test_a_new_empty_field_of_ours_changes_no_digest(office):
    data = fresh(office.draft(office.news, office.article("Tin"))).serializable_data()
    del data["image_caption"]
    for empty in (None, "", [], False):
        assert content_digest(ArticlePage, {**data, "image_caption": empty}) == content_digest(ArticlePage, data)
    for value in (0, "x", True, [1]):
        assert content_digest(ArticlePage, {**data, "image_caption": value}) != content_digest(ArticlePage, data)


def test_an_entry_says_how_its_digest_was_taken(office, monkeypatch):
    """A later version of the program takes it otherwise: what is public stays as it was approved."""
    page = office.publish(office.news, office.article("Tin"))
    monkeypatch.setitem(digest._FIELDS, 2, lambda model: frozenset({"title"}))
    monkeypatch.setattr(digest, "VERSION", 2)
    assert verification.problems() == []
    type(page).objects.filter(pk=page.pk).update(lead="Khác")
    assert verification.problems() != []


def test_text_that_looks_like_json_loses_nothing(office):
    data = fresh(office.draft(office.news, office.article("Tin"))).serializable_data()
    one, other = ({**data, "lead": text} for text in ('{"a": "sai", "a": "đúng"}', '{"a": "đúng"}'))
    assert content_digest(ArticlePage, one) != content_digest(ArticlePage, other)


def test_a_draft_that_public_content_refers_to_is_not_deleted(office, login):
    draft = office.draft(office.news, office.article("Nháp"))
    page = office.article("Tin")
    page.related_links = [RelatedArticle(article=draft)]
    page = office.publish(office.news, page)
    client = login(EDITOR)
    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert fresh(draft)
    assert problems() == []
    other = office.draft(office.news, office.article("Nháp khác"))
    client.post(reverse("wagtailadmin_pages:delete", args=[other.pk]))
    entry = RecordEntry.objects.get(kind=RecordKind.DELETED)
    assert (entry.page_id, entry.user_id) == (other.pk, office.users[EDITOR].pk)


def test_a_stopped_schedule_makes_nobody_an_author(office, clock):
    page = office.draft(office.news, office.article("Tin"))
    office.revise(page, go_live_at=timezone.now() + timedelta(hours=1))
    page = office.approve(page)
    proposal = take_down(page, office.users[REVIEWER], "hidden", "Chờ.")
    before = RecordEntry.objects.filter(kind=RecordKind.CONTENT_CHANGED).count()
    office.revise(page, office.users[APPROVER], lead="Bản sau")
    refuse(proposal, office.users[APPROVER], "Đúng.")
    assert RecordEntry.objects.filter(kind=RecordKind.CONTENT_CHANGED).count() == before + 1
    clock(hours=2)
    call_command("publish_scheduled")
    assert fresh(page).live
    assert fresh(page).lead == "Tóm tắt."


def test_an_update_is_told_once(office, api):
    page = office.publish(office.news, office.article("Tin"))
    office.revise(page, lead="Hai", change_kind="update", change_note="Sửa số.")
    page = office.approve(page)
    page.unpublish()
    office.revise(page, lead="Ba", change_kind="minor", change_note="")
    office.approve(page)
    assert len(api(f"pages/{page.pk}/")["meta"]["updates"]) == 1


def test_sections_and_the_home_page_are_not_hidden(office, login):
    for page in (office.home, office.news):
        login(APPROVER).post(reverse("takedown", args=[page.pk]), {"takedown-kind": "hidden", "takedown-reason": "x"})
        with pytest.raises(PermissionDenied):
            take_down(page, office.users[APPROVER], "hidden", "x")
    assert login(APPROVER).get("/").status_code == 200


def test_hiding_goes_before_what_is_proposed_or_only_withdrawn(office):
    page = office.publish(office.news, office.article("Tin"))
    take_down(page, office.users[EDITOR], "withdrawn", "Cũ.")
    hidden = take_down(page, office.users[REVIEWER], "hidden", "Lộ số điện thoại.")
    assert in_effect(page).proposal == hidden
    refuse(hidden, office.users[APPROVER], "Đã xong.")
    withdrawn = take_down(page, office.users[EDITOR], "withdrawn", "Cũ.")
    agree(withdrawn, office.users[APPROVER], kind="withdrawn", reason="Cũ.")
    take_down(page, office.users[REVIEWER], "hidden", "Lộ.")
    assert in_effect(page).kind == "hidden"


def test_a_proposal_is_taken_back_by_whoever_made_it(office):
    page = office.publish(office.news, office.article("Tin"))
    proposal = take_down(page, office.users[EDITOR], "error", "Nhầm.")
    refuse(proposal, office.users[EDITOR], "Tôi nhầm.")
    assert waiting(page) is None


def test_a_mail_server_that_is_down_changes_nothing(office, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = office.publish(office.news, office.article("Tin"))
    with django_capture_on_commit_callbacks(execute=True):
        take_down(page, office.users[REVIEWER], "hidden", "Số sai.")
    assert in_effect(page) is not None
    assert mail.outbox == [] or all("Cần quyết định" not in letter.subject for letter in mail.outbox)


def test_a_taken_address_is_said_and_not_a_500(office, login):
    draft = office.draft(office.news, office.article("Tin"))
    office.submit(draft)
    office.decide(draft, REVIEWER)
    other = office.publish(office.news, office.article("Khác"))
    type(other).objects.filter(pk=other.pk).update(slug=draft.slug)
    state = fresh(draft).current_workflow_task_state
    client = login(APPROVER)
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    assert client.post(url, {"comment": ""}, follow=True).status_code == 200
    response = client.post(
        reverse("review_page", args=[draft.pk]), {"task_state": state.pk, "approve": "1"}, follow=True
    )
    assert response.status_code == 200
    assert not fresh(draft).live
