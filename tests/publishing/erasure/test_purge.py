"""What should never have been here is purged by two people: bytes, text, revisions and index; digest and reason stay in
the record.
"""

from urllib.parse import quote, quote_plus

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, Revision, TaskState

from articles.models import ArticleAttachment, DirectiveFile
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.core.due import do_what_is_due
from cms.media.models import CustomDocument, CustomImage
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.corrections import start
from cms.publishing.takedown.actions import in_effect, restore
from home.models import StandardPage
from tests.factories import Office, fresh, make_document, make_image
from tests.publishing.record.test_chain import behind_its_back

SECRET = "Hoa Tigon"


def everything():
    """All that the database holds, as text, and how it is stored."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if "fts" not in name]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, " ".join(str(value) for value in row)


def where(*words):
    """The tables in which one of the words is still to be found, whatever its case, and quoted for an address."""
    forms = {form.lower() for word in words for form in (word, quote(word), quote_plus(word))}
    return {table for table, row in everything() if any(form in row.lower() for form in forms)}


@pytest.fixture
def document(db):
    return make_document("hoa-tigon.txt", b"noi dung mat")


@pytest.fixture
def page(office, document):
    page = office.article(f"Kế hoạch {SECRET}", lead=f"{SECRET} ở Bát Xát.")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    office.revise(page, lead=f"{SECRET}, bản hai.")
    return page


def test_a_page_is_erased_with_all_its_revisions(office, page, api, client):
    digest, address = digest_of(page), f"/tin-bai/{page.slug}/"
    erasure = propose("page", page.pk, "purge", office.users[APPROVER], "Lọt bí mật.")
    assert client.get(address).status_code == 404, "hidden at once by who may hide"
    agree(erasure, office.users[ADMIN])
    api("changes/")
    assert where(SECRET, "hoa-tigon-", "Kế hoạch Hoa") == set()
    assert not Revision.page_revisions.filter(object_id=str(page.pk)).exists()
    assert not PageLogEntry.objects.filter(page_id=page.pk).exists()
    assert not fresh(page).live
    entry = RecordEntry.objects.get(kind=RecordKind.ERASED)
    assert (entry.digest, entry.reason, entry.user_id) == (digest, "Lọt bí mật.", office.users[ADMIN].pk)
    found = api("pages/lookup/", path=address)
    assert (found["how"]["code"], found["reason"]) == ("purged", None)
    response = client.get(address)
    assert response.status_code == 410
    assert "Lọt bí mật." not in response.content.decode()
    call_command("verify_audit_log")
    call_command("verify_publications")


def test_what_was_purged_leaves_everything_usable(office, page, login):
    agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt bí mật."), office.users[ADMIN])
    client = login(APPROVER)
    for name, args in (
        ("wagtailadmin_home", []),
        ("record", []),
        ("record_trail", [page.pk]),
        ("wagtailadmin_explore", [office.news.pk]),
        ("wagtailadmin_pages:edit", [page.pk]),
        ("wagtailadmin_pages:history", [page.pk]),
        ("erasures", []),
        ("erasure", ["page", page.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 200, name
    draft = office.publish(office.news, office.article("Tin mới"))
    assert fresh(draft).live


@pytest.mark.parametrize("kind", ["directive", "plan", "standard"])
def test_every_type_of_page(office, kind, document):
    if kind == "directive":
        page = office.directive("99-CT/TU", subject=SECRET, issuers=["Tỉnh ủy"])
        page.directive_files = [DirectiveFile(document=document, kind="scan")]
        page = office.publish(office.documents, page)
    elif kind == "plan":
        page = office.publish(office.plans, office.plan(SECRET, tasks=[{"title": SECRET}]))
    else:
        page = office.publish(office.home, StandardPage(title=SECRET, lead=SECRET))
    agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    assert where(SECRET) == set()
    assert not fresh(page).live
    call_command("verify_publications")


def test_an_alias_goes_with_its_source(office, page):
    alias = fresh(page).create_alias(parent=office.news, update_slug="ban-khac", user=None)
    agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    assert where(SECRET) == set()
    assert not fresh(alias).live


def test_a_page_in_review_is_purged(office, page):
    office.submit(page)
    agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    assert where(SECRET) == set()
    assert not TaskState.objects.filter(status="in_progress").exists()
    assert fresh(page).current_workflow_state is None


def test_a_file_is_erased_and_its_pages_hidden_until_somebody_has_looked(office, page, document, api, client):
    path, sha256 = document.file.name, document.sha256
    twin = make_document("ban-sao.txt", b"noi dung mat")
    erasure = propose("document", document.pk, "purge", office.users[REVIEWER], "Lọt bí mật.")
    assert client.get(document.url).status_code == 404, "the page that shows it is hidden at once"
    agree(erasure, office.users[APPROVER])
    do_what_is_due()
    for erased in (document, twin):
        assert not default_storage.exists(erased.file.name), "the bytes, wherever they were stored"
        kept = CustomDocument.objects.get(pk=erased.pk)
        assert (kept.extracted_text, kept.sha256) == ("", sha256)
        assert "tigon" not in f"{kept.title}{kept.file.name}{kept.file_hash}".lower()
    assert default_storage.exists(path) is False
    assert RecordEntry.objects.get(kind=RecordKind.ERASED).digest == sha256
    restore(page, office.users[APPROVER], "Đã xem, phần còn lại không mật.")
    assert api(f"pages/{page.pk}/")["attachments"] == []
    assert client.get(document.url).status_code == 404
    assert api("documents/")["items"] == []
    assert api(f"documents/{document.pk}/", status=404)
    assert client.get(f"/tin-bai/{page.slug}/").status_code == 200
    call_command("verify_publications")
    with pytest.raises(ValidationError):
        make_document("lai.txt", b"noi dung mat")


def test_an_image_is_erased_with_its_renditions(office, api, client, login):
    image = make_image("hoa-tigon")
    page = office.publish(office.news, office.article("Ảnh", image=image, image_alt="Hoa"))
    paths = [image.file.name, *(rendition.file.name for rendition in image.renditions.all())]
    assert len(paths) > 1
    agree(propose("image", image.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    do_what_is_due()
    assert [path for path in paths if default_storage.exists(path)] == []
    assert not CustomImage.objects.get(pk=image.pk).renditions.exists()
    restore(page, office.users[REVIEWER], "Phần còn lại đúng.")
    assert api(f"pages/{page.pk}/")["image"] is None
    assert client.get(f"/tin-bai/{page.slug}/").status_code == 200
    client = login(EDITOR)
    for name, args in (
        ("wagtailimages:index", []),
        ("wagtailimages:edit", [image.pk]),
        ("wagtailimages_chooser:choose", []),
    ):
        assert client.get(reverse(name, args=args), follow=True).status_code == 200, name
    assert str(image.pk) not in str(
        [one.pk for one in client.get(reverse("wagtailimages_chooser:choose")).context["results"]]
    )


def test_two_people(office, page, document, login, role):
    erasure = propose("document", document.pk, "purge", office.users[EDITOR], "Lọt.")
    assert in_effect(page) is None, "an editor hides nothing"
    if role == EDITOR:
        with pytest.raises(PermissionDenied):
            agree(erasure, office.users[role])
        assert default_storage.exists(document.file.name)
    else:
        assert login(role).post(reverse("proposal", args=[erasure.pk]), {"agree": 1}).status_code == 302
        assert CustomDocument.objects.get(pk=document.pk).purged_at


def test_a_file_is_purged_not_deleted(office, document):
    with pytest.raises(ValidationError):
        propose("document", document.pk, "delete", office.users[APPROVER], "Lọt.")


@pytest.mark.parametrize("redactor", ["deletion", "itself", "another purge", "none"])
def test_the_record_notices_words_that_vanish_without_a_purge_of_them(office, page, redactor):
    other = office.publish(office.news, office.article("Tin khác"))
    kind = "delete" if redactor == "deletion" else "purge"
    agree(propose("page", other.pk, kind, office.users[APPROVER], "Lọt."), office.users[ADMIN])
    call_command("verify_audit_log")
    victims = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.PUBLISHED)
    purge = {"itself": victims.get(), "none": None}.get(redactor, RecordEntry.objects.get(kind=RecordKind.ERASED))
    with behind_its_back():
        victims.update(subject="", reason="", data={}, salt="", redacted_by=purge)
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit_log")
    with pytest.raises(CommandError):
        call_command("verify_publications")


def test_the_record_notices_an_alteration_of_what_was_redacted(office, page):
    agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    call_command("verify_audit_log")
    with behind_its_back():
        RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.PUBLISHED).update(subject="Khác")
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit_log")


def test_the_purge_itself_is_never_redacted(office, page):
    for _time in range(2):
        agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    assert [entry.reason for entry in RecordEntry.objects.filter(kind=RecordKind.ERASED)] == ["Lọt.", "Lọt."]
    call_command("verify_audit_log")


def test_a_purged_file_that_comes_back_is_found(office, page, document):
    agree(propose("document", document.pk, "purge", office.users[REVIEWER], "Lọt."), office.users[APPROVER])
    do_what_is_due()
    call_command("verify_publications")
    path = default_storage.save("documents/khac.txt", ContentFile(b"chua ai duyet"))
    CustomDocument.objects.filter(pk=document.pk).update(file=path, purged_at=None)
    with pytest.raises(CommandError):
        call_command("verify_publications")


def test_what_was_deleted_before_is_purged_too(office, page, login, client):
    agree(propose("page", page.pk, "delete", office.users[EDITOR], SECRET), office.users[APPROVER])
    assert where(SECRET)
    url = reverse("erasure", args=["page", page.pk])
    assert login(APPROVER).get(url).status_code == 200
    erasure = propose("page", page.pk, "purge", office.users[APPROVER], "Lọt.")
    assert login(ADMIN).post(reverse("proposal", args=[erasure.pk]), {"agree": 1}).status_code == 302
    assert where(SECRET) == set()
    call_command("verify_audit_log")


def test_nothing_is_left_of_what_was_typed_tagged_and_moved(office, page, login):
    agree_all = [office.users[APPROVER], office.users[ADMIN]]
    draft = fresh(page).get_latest_revision_as_object()
    draft.tags.add("Loa Kèn")
    draft.save_revision(user=office.users[EDITOR])
    for role, object_id in ((EDITOR, str(page.pk)), (REVIEWER, "")):
        FormState.objects.create(
            user=office.users[role],
            content_type=page.content_type,
            object_id=object_id,
            data="title=" + quote("Loa Kèn"),
            last_updated_at=timezone.now(),
        )
    redirect = Redirect.objects.create(old_path="/loa-ken", redirect_page=page)
    redirect.delete()
    agree(propose("page", page.pk, "purge", agree_all[0], "Lọt."), agree_all[1])
    assert where("Loa Kèn", "loa-ken") == set()
    call_command("verify_audit_log")


def test_nothing_is_left_below_it(office):
    parent = office.publish(office.home, StandardPage(title=SECRET))
    child = office.publish(parent, StandardPage(title="Con"))
    child.move(office.home, pos="last-child")
    agree(propose("page", parent.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    assert where(SECRET, "hoa-tigon") == set()


def test_proposals_for_what_is_the_same_end_with_it(office, page, document):
    twin = make_document("hoa-tigon-2.txt", b"noi dung mat")
    propose("document", twin.pk, "purge", office.users[EDITOR], SECRET)
    agree(propose("document", document.pk, "purge", office.users[REVIEWER], "Lọt."), office.users[APPROVER])
    agree(propose("page", page.pk, "purge", office.users[REVIEWER], "Lọt."), office.users[APPROVER])
    do_what_is_due()
    assert where(SECRET, "hoa-tigon") == set()
    assert not Proposal.objects.filter(decided_at=None, kind="purge").exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_files_of_the_database():
    """SQLite keeps what was deleted in free pages until it is told otherwise."""
    office = Office()
    page = office.publish(office.news, office.article("Zyxwvutsrq ponml", lead="Zyxwvutsrq"))
    office.revise(page, slug="zyxwvutsrq-moi", change_kind="minor")
    office.approve(page)
    assert Redirect.objects.filter(redirect_page=page).exists(), "from the old address"
    start(fresh(office.revise(page, title="Zyxwvutsrq lớn")), office.users[EDITOR])
    agree(propose("page", page.pk, "purge", office.users[APPROVER], "Lọt."), office.users[ADMIN])
    assert do_what_is_due() == 0
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        for suffix in ("", "-wal"):
            try:
                with open(f"{name}{suffix}", "rb") as file:
                    assert b"yxwvutsrq" not in file.read().lower()
            except FileNotFoundError:
                assert suffix
    assert where("zyxwvutsrq") == set()
