"""One command proves all that can be proved, and forgeries that were tried are found."""

import re
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission, Workflow, WorkflowTask

from articles.models import ArticleAttachment, ArticlePage
from cms.accounts.models import User
from cms.accounts.roles import APPROVER, EDITOR, GROUPS
from cms.core.due import do_what_is_due
from cms.media.models import CustomImage, Rendition
from cms.media.renditions import make_renditions
from cms.publishing.record import chain
from cms.publishing.record.models import RecordEntry, RecordHead, RecordKind, UnsealedEntry
from cms.publishing.review.models import ReviewTask
from cms.publishing.review.verification import problems
from cms.store.models import Event, Form, Item
from cms.store.projector import newest
from search.models import SearchEntry
from tests.factories import make_document, make_image
from tests.publishing.record.test_chain import behind_its_back


def findings(*options):
    """What the command says to an administrator; "" where all is right."""
    out, errors = StringIO(), StringIO()
    try:
        call_command("verify", *options, stdout=out, stderr=errors)
    except CommandError:
        return out.getvalue() + errors.getvalue()
    return ""


@pytest.fixture
def page(office):
    page = office.article("Tin")
    page.attachments = [ArticleAttachment(document=make_document("so-lieu.txt"))]
    page.image, page.image_alt = make_image(), "Một bức hình"
    return office.publish(office.news, page)


def test_an_installation_that_is_right(page):
    assert findings() == ""


def give_a_role(office, page):
    through = User.groups.through
    through.objects.bulk_create(
        [through(user_id=office.users[EDITOR].pk, group_id=Group.objects.get(name=GROUPS[APPROVER]).pk)]
    )


def make_a_superuser(office, page):
    User.objects.filter(pk=office.users[EDITOR].pk).update(is_superuser=True)


def open_an_account(office, page):
    User.objects.bulk_create([User(username="ke-gian", email="ke-gian@example.org", is_superuser=True)])


def give_a_permission(office, page):
    through = User.user_permissions.through
    permission = Permission.objects.get(codename="change_takedown")
    through.objects.bulk_create([through(user_id=office.users[EDITOR].pk, permission_id=permission.pk)])


def give_a_role_a_right(office, page):
    through = Group.permissions.through
    permission = Permission.objects.get(codename="change_takedown")
    through.objects.bulk_create(
        [through(group_id=Group.objects.get(name=GROUPS[EDITOR]).pk, permission_id=permission.pk)]
    )


def give_a_role_pages(office, page):
    permission = Permission.objects.get(codename="publish_page")
    group = Group.objects.get(name=GROUPS[EDITOR])
    GroupPagePermission.objects.bulk_create([GroupPagePermission(group=group, page=page, permission=permission)])


def give_a_role_a_step(office, page):
    through = ReviewTask.groups.through
    task, group = ReviewTask.objects.last(), Group.objects.get(name=GROUPS[EDITOR])
    through.objects.bulk_create([through(reviewtask_id=task.pk, group_id=group.pk)])


def take_a_step_out(office, page):
    WorkflowTask.objects.filter(pk=WorkflowTask.objects.first().pk)._raw_delete("default")


def move_a_step(office, page):
    other = Workflow.objects.create(name="Khác")
    WorkflowTask.objects.filter(pk=WorkflowTask.objects.last().pk).update(workflow=other)


def change_an_address(office, page):
    User.objects.filter(pk=office.users[APPROVER].pk).update(email="ke-gian@example.org")


def change_a_page(office, page):
    ArticlePage.objects.filter(pk=page.pk).update(lead="Giả")


def publish_a_draft(office, page):
    draft = office.draft(office.news, office.article("Giả"))
    ArticlePage.objects.filter(pk=draft.pk).update(live=True)


def change_a_file(office, page):
    name = page.attachments.get().document.file.name
    default_storage.delete(name)
    with default_storage.open(name, "wb") as file:
        file.write(b"gia")


def remove_a_file(office, page):
    default_storage.delete(page.attachments.get().document.file.name)


def swap_a_size(office, page):
    name = page.image.renditions.first().file.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"gia"))


def insert_a_size(office, page):
    """As somebody who lets readers get another picture by a row of their own."""
    size = page.image.renditions.first()
    name = default_storage.save("images/gia.webp", ContentFile(b"gia"))
    Rendition.objects.filter(pk=size.pk).update(file=name)


def change_what_is_found(office, page):
    newest()
    SearchEntry.objects.filter(item__page_id=page.pk).update(shown_summary="Giả")


def find_what_is_no_page(office, page):
    newest()
    item = Item.objects.filter(page_id=None).first()
    SearchEntry.objects.create(item=item, title="gia", shown_summary="Giả")


def hide_behind_an_event(office, page):
    """As somebody who lets the comparison of the store look away."""
    newest()
    SearchEntry.objects.filter(item__page_id=page.pk).update(shown_summary="Giả")
    never = timezone.now() + timedelta(days=9999)
    Event.objects.create(kind="changed", page_id=page.pk, path="0001", set_aside_until=never)


def sign_with_an_unknown_key(office, page):
    swap_a_size(office, page)
    page.image.renditions.update(signature="x:-")


def sign_with_nonsense(office, page):
    swap_a_size(office, page)
    Rendition.objects.filter(pk=page.image.renditions.first().pk).update(signature="é:đ", file="../x")


def remove_what_is_found(office, page):
    newest()
    SearchEntry.objects.filter(item__page_id=page.pk).delete()


def change_the_store(office, page):
    newest()
    form = Form.objects.get(item__page_id=page.pk)
    Form.objects.filter(pk=form.pk).update(detail=form.detail.replace("Tin", "Giả"))


def change_an_entry(office, page):
    with behind_its_back():
        RecordEntry.objects.filter(kind=RecordKind.PUBLISHED, page_id=page.pk).update(user_name="Giả")


def insert_a_publication(office, page):
    """As somebody who makes a forged draft pass by an entry of their own."""
    draft = office.draft(office.news, office.article("Giả"))
    entry = RecordEntry.objects.get(kind=RecordKind.PUBLISHED, page_id=page.pk)
    entry.pk, entry.page_id, entry.signature = None, draft.pk, "0" * 64
    RecordEntry.objects.bulk_create([entry])
    UnsealedEntry.objects.create(entry=entry)
    chain.seal()


FORGERIES = [
    (give_a_role, "rights"), (give_a_permission, "rights"), (change_an_address, "rights"),
    (make_a_superuser, "rights"), (open_an_account, "rights"),
    (give_a_role_a_right, "roles"), (give_a_role_pages, "roles"), (give_a_role_a_step, "roles"),
    (take_a_step_out, "roles"), (move_a_step, "roles"),
    (change_a_page, "publications"), (publish_a_draft, "publications"), (change_a_file, "publications"),
    (remove_a_file, "publications"), (change_the_store, "store"), (change_an_entry, "record"),
    (insert_a_publication, "record"), (swap_a_size, "publications"), (insert_a_size, "publications"),
    (change_what_is_found, "store"), (remove_what_is_found, "store"),
    (find_what_is_no_page, "store"), (hide_behind_an_event, "store"),
    (sign_with_an_unknown_key, "publications"), (sign_with_nonsense, "publications"),
]  # fmt: skip


@pytest.mark.parametrize(("forge", "name"), FORGERIES, ids=[forge.__name__ for forge, _name in FORGERIES])
def test_a_forgery_is_found(office, page, forge, name):
    chain.seal()
    forge(office, page)
    said = findings()
    assert re.search(rf"^{name}: \d+ findings", said, re.MULTILINE), said
    assert "→" in said, "it says what to do"


def test_sizes_that_are_made_anew_are_right(page):
    swap_a_size(None, page)
    with redirect_stdout(StringIO()):
        call_command("wagtail_update_image_renditions")
    assert findings() == ""


def test_a_size_of_other_bytes_than_those_of_the_image_is_not_signed(page):
    """As somebody who lets the CMS itself make sizes of another file, and then puts the row right."""
    other = make_image("khac", colour="red")
    approved = page.image.file.name
    CustomImage.objects.filter(pk=page.image.pk).update(file=other.file.name)
    page.image.renditions.all().delete()
    make_renditions(CustomImage.objects.filter(pk=page.image.pk))
    CustomImage.objects.filter(pk=page.image.pk).update(file=approved)
    assert "was not made here" in findings()


def test_a_size_that_is_made_later_is_signed(page):
    for spec in ("width-40", "width-41"):
        page.image.get_rendition(spec)
    page.image.get_renditions("width-42", "width-43")
    assert findings() == ""


def test_an_account_that_was_given_its_role_in_the_admin_is_right(office, page):
    office.users[EDITOR].groups.add(Group.objects.get(name=GROUPS[APPROVER]))
    User.objects.get(pk=office.users[EDITOR].pk).save()
    assert findings() == ""


def test_a_role_that_is_renamed_or_deleted_is_no_finding(office, page):
    role = Group.objects.create(name="Thực tập")
    other = Group.objects.create(name="Cộng tác")
    office.users[EDITOR].groups.add(role, other)
    role.name = "Tập sự"
    role.save()
    other.delete()
    assert findings() == ""


def test_what_can_not_be_read_keeps_nothing_from_the_other_checks(office, page):
    entry = RecordEntry.objects.filter(kind=RecordKind.RIGHTS_CHANGED).last()
    entry.pk, entry.data, entry.signature = None, {"model": "accounts.User"}, "1" * 64
    RecordEntry.objects.bulk_create([entry])
    change_a_page(office, page)
    said = findings()
    assert "rights: 1 findings" in said
    assert "publications: 1 findings" in said


def test_the_queries_do_not_grow_with_the_pages(office, page):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert problems() == []
        return len(queries)

    before = asked()
    for number in range(3):
        office.publish(office.news, office.article(f"Tin {number}"))
    assert asked() <= before + 3 * 3, "of each page the files that it shows, and the time of its approval"


def test_every_night_it_is_mailed_what_was_found(office, page, settings, clock):
    settings.VERIFY_NIGHTLY, settings.ADMINS = True, [("", "quan-tri@example.org")]
    make_a_superuser(office, page)
    now = timezone.localtime()
    night = now.replace(hour=3, minute=0) + timedelta(days=1)
    clock(seconds=(night - now).total_seconds())
    for _time in range(2):
        assert do_what_is_due() == 0
    (letter,) = [one for one in mail.outbox if one.to == ["quan-tri@example.org"]]
    assert "is_superuser" in letter.body
    assert RecordHead.objects.get().verified_on is not None
