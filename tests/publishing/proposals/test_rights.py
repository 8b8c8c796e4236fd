"""Rights, and the accounts of those who have them, are changed by two people."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.urls import reverse

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from cms.core.workdays import working_day_after
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.proposals.mails import remind
from cms.publishing.proposals.models import Proposal, Trusted
from cms.publishing.record.models import RecordEntry
from cms.publishing.takedown.actions import take_down
from tests.factories import fresh, make_user

NEW = "mat-khau-rat-moi-2"


def group(role):
    return Group.objects.get(name=GROUPS[role])


def roles_of(user):
    return set(user.groups.values_list("name", flat=True))


def form_of(user, **changes):
    """What the form of an account sends."""
    data = {
        "username": user.username, "full_name": user.full_name, "email": user.email, "position": "", "unit": "",
        "password1": "", "password2": "", "groups": [one.pk for one in user.groups.all()], "reason": "Vì công việc",
    }  # fmt: skip
    if user.is_active:
        data["is_active"] = "on"
    return {**data, **changes}


def committed():
    """What is done inside is committed, as a request is: mails go out."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def edit(client, user, **changes):
    with committed():
        return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form_of(user, **changes), follow=True)


def add(client, username, *roles, email=None):
    data = {
        "username": username, "full_name": username.title(), "email": email or f"{username}@example.org",
        "position": "", "unit": "", "password1": NEW, "password2": NEW, "groups": [group(role).pk for role in roles],
        "reason": "",
    }  # fmt: skip
    with committed():
        return client.post(reverse("wagtailusers_users:add"), data, follow=True)


def the_proposal():
    return Proposal.objects.get(decided_at=None)


def decide(client, proposal, what="agree", **data):
    with committed():
        return client.post(reverse("proposal", args=[proposal.pk]), {what: "1", **data}, follow=True)


def test_a_role_that_decides_is_given_by_two_people(office, login):
    editor = office.users[EDITOR]
    response = edit(login(ADMIN), editor, groups=[group(EDITOR).pk, group(REVIEWER).pk], full_name="Tên Mới")
    assert "chờ người thứ hai" in response.content.decode().lower()
    editor = fresh_user(editor)
    assert (editor.full_name, roles_of(editor)) == ("Tên Mới", {GROUPS[EDITOR]})
    asked = {address for message in mail.outbox for address in message.to}
    assert asked == {"reviewer@example.org", "approver@example.org", "editor@example.org"}
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), office.users[ADMIN])
    response = decide(login(APPROVER), the_proposal())
    assert roles_of(fresh_user(editor)) == {GROUPS[EDITOR], GROUPS[REVIEWER]}
    assert "Tên Mới" in response.content.decode()
    kinds = list(RecordEntry.objects.filter(kind__startswith="propos").values_list("kind", "user_name"))
    assert kinds == [("proposed", "Admin"), ("proposal_agreed", "Approver")]


def fresh_user(user):
    return get_user_model().objects.get(pk=user.pk)


def test_nobody_confirms_their_own_right(office, login):
    reviewer = office.users[REVIEWER]
    edit(login(ADMIN), reviewer, groups=[group(REVIEWER).pk, group(APPROVER).pk])
    decide(login(REVIEWER), the_proposal())
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), reviewer)
    assert roles_of(fresh_user(reviewer)) == {GROUPS[REVIEWER]}
    decide(login(EDITOR), the_proposal())
    assert the_proposal().is_open
    assert the_proposal().subject not in login(EDITOR).get(reverse("proposals")).content.decode()


def test_three_accounts_of_one_person(office, login):
    """One administrator makes accounts with the address of another, and cannot publish alone with them."""
    client = login(ADMIN)
    assert add(client, "mot", REVIEWER).status_code == 200
    assert "địa chỉ này" in add(client, "hai", APPROVER, email="MOT@example.org").content.decode()
    user = get_user_model().objects.get(username="mot")
    assert not get_user_model().objects.filter(username="hai").exists()
    assert roles_of(user) == set()
    page = office.draft(office.news, office.article())
    office.submit(page)
    with pytest.raises(PermissionDenied):
        office.decide(page, user)
    with pytest.raises(IntegrityError), transaction.atomic():
        get_user_model().objects.create_user("ba", "Mot@Example.org", "password")


def test_an_account_made_anew(office, login):
    """Who has written something stays who they are: the account is closed and opened again, not made anew."""
    office.draft(office.news, office.article())
    editor, client = office.users[EDITOR], login(ADMIN)
    client.post(reverse("wagtailusers_users:delete", args=[editor.pk]))
    client.post(f"/admin/bulk/accounts/user/delete/?id={editor.pk}", follow=True)
    assert get_user_model().objects.filter(pk=editor.pk).exists()
    edit(client, editor, is_active="")
    assert not fresh_user(editor).is_active
    assert "mở lại" in add(client, "moi", email=editor.email).content.decode()
    edit(client, fresh_user(editor), is_active="on")
    assert fresh_user(editor).is_active


def test_what_was_never_used_is_deleted(office, login):
    user = make_user("nham")
    login(ADMIN).post(reverse("wagtailusers_users:delete", args=[user.pk]))
    assert not get_user_model().objects.filter(pk=user.pk).exists()


def test_a_closed_approver_is_opened_by_two(office, login):
    approver, client = office.users[APPROVER], login(ADMIN)
    edit(client, approver, is_active="")
    assert not fresh_user(approver).is_active
    edit(client, fresh_user(approver), is_active="on")
    assert not fresh_user(approver).is_active
    client.post(
        f"/admin/bulk/accounts/user/set_active_state/?id={approver.pk}", {"mark_as_active": "True"}, follow=True
    )
    assert not fresh_user(approver).is_active
    decide(login(REVIEWER), the_proposal())
    assert fresh_user(approver).is_active


def test_a_password_set_by_somebody_else(office, login):
    approver, editor, client = office.users[APPROVER], office.users[EDITOR], login(ADMIN)
    edit(client, editor, password1=NEW, password2=NEW)
    assert fresh_user(editor).check_password(NEW)
    edit(client, approver, password1=NEW, password2=NEW)
    assert not fresh_user(approver).check_password(NEW)
    proposal = the_proposal()
    assert NEW not in str(proposal.changes)
    assert "approver@example.org" in {address for message in mail.outbox for address in message.to}
    assert NEW not in "".join(message.body for message in mail.outbox)
    decide(login(REVIEWER), proposal)
    assert fresh_user(approver).check_password(NEW)
    assert Proposal.objects.get().changes["password"] == ["", "…"]
    assert NEW not in str(list(RecordEntry.objects.values_list("data", flat=True)))


def test_an_address_set_by_somebody_else_is_told_at_both(office, login):
    approver = office.users[APPROVER]
    edit(login(ADMIN), approver, email="khac@example.org")
    assert fresh_user(approver).email == "approver@example.org"
    told = {address for message in mail.outbox for address in message.to}
    assert {"approver@example.org", "khac@example.org"} <= told
    mail.outbox.clear()
    decide(login(REVIEWER), the_proposal())
    assert fresh_user(approver).email == "khac@example.org"
    told = {address for message in mail.outbox for address in message.to}
    assert {"approver@example.org", "khac@example.org", "admin@example.org"} <= told


def test_what_was_proposed_holds_only_for_the_account_as_it_was(office, login):
    editor = office.users[EDITOR]
    edit(login(ADMIN), editor, groups=[group(EDITOR).pk, group(APPROVER).pk])
    response = edit(login(ADMIN), editor, email="khac@example.org")
    assert "chờ người thứ hai" in response.content.decode()
    assert fresh_user(editor).email == "editor@example.org"
    get_user_model().objects.filter(pk=editor.pk).update(email="khac@example.org")
    response = decide(login(APPROVER), the_proposal())
    assert "đề nghị lại" in response.content.decode()
    assert roles_of(fresh_user(editor)) == {GROUPS[EDITOR]}


def test_a_proposal_is_refused_with_a_reason_and_taken_back(office, login):
    editor = office.users[EDITOR]
    edit(login(ADMIN), editor, groups=[group(EDITOR).pk, group(APPROVER).pk])
    assert decide(login(APPROVER), the_proposal(), "refuse", reason=" ").status_code == 422
    decide(login(APPROVER), the_proposal(), "refuse", reason="Chưa cần")
    assert roles_of(fresh_user(editor)) == {GROUPS[EDITOR]}
    assert any("Chưa cần" in message.body for message in mail.outbox if message.to == ["admin@example.org"])
    edit(login(ADMIN), editor, groups=[group(EDITOR).pk, group(APPROVER).pk])
    refuse(the_proposal(), office.users[ADMIN], "Nhầm")
    with pytest.raises(PermissionDenied):
        agree(Proposal.objects.order_by("pk").last(), office.users[APPROVER])
    content = login(ADMIN).get(reverse("proposals")).content.decode()
    assert "Chưa cần" in content


def test_a_role_is_taken_away_by_one(office, login):
    edit(login(ADMIN), office.users[REVIEWER], groups=[])
    assert roles_of(fresh_user(office.users[REVIEWER])) == set()
    assert not Proposal.objects.exists()


def test_a_new_installation_has_nobody_else(db, client):
    """The first administrator makes the office; as soon as a third account decides, it takes two."""
    first = make_user("dau", ADMIN)
    client.force_login(first)
    add(client, "haihai", APPROVER)
    second = get_user_model().objects.get(username="haihai")
    assert roles_of(second) == {GROUPS[APPROVER]}
    assert "haihai@example.org" in {address for message in mail.outbox for address in message.to}
    add(client, "bababa", REVIEWER)
    third = get_user_model().objects.get(username="bababa")
    assert roles_of(third) == set()
    # Closing accounts and taking rights away never brings this back.
    edit(client, second, is_active="", groups=[])
    refuse(the_proposal(), first, "Làm lại")
    edit(client, third, groups=[group(REVIEWER).pk])
    assert roles_of(fresh_user(third)) == set()


def test_when_the_only_administrator_is_gone(office):
    editor = office.users[EDITOR]
    for arguments in ([], ["khong-co", "admin", "--reason=x"], ["editor", "admin", "--reason= "]):
        with pytest.raises(CommandError):
            call_command("grant_role", *arguments)
    with committed():
        call_command("grant_role", "editor", "admin", "--reason=Quản trị viên nghỉ việc")
    assert GROUPS[ADMIN] in roles_of(editor)
    told = {address for message in mail.outbox for address in message.to}
    assert told == {f"{role}@example.org" for role in GROUPS}
    entry = RecordEntry.objects.filter(kind="rights_changed", reason="Quản trị viên nghỉ việc").get()
    assert "Editor" in entry.subject


def test_bulk_roles(office, login):
    editor = office.users[EDITOR]
    url = f"/admin/bulk/accounts/user/assign_role/?id={editor.pk}"
    login(ADMIN).post(url, {"role": group(APPROVER).pk}, follow=True)
    assert roles_of(fresh_user(editor)) == {GROUPS[EDITOR]}
    decide(login(REVIEWER), the_proposal())
    assert roles_of(fresh_user(editor)) == {GROUPS[EDITOR], GROUPS[APPROVER]}


def test_ones_own_address_needs_the_password(office, login):
    client = login(APPROVER)
    url = reverse("wagtailadmin_account")
    panels = client.get(url).context["panels_by_tab"].values()
    forms = [panel.get_form() for panels_of_tab in panels for panel in panels_of_tab]
    data = {form.add_prefix(name): form[name].value() or "" for form in forms for name in form.fields}
    data |= {"name_email-full_name": "Approver", "name_email-email": "moi@example.org"}
    client.post(url, data)
    assert fresh_user(office.users[APPROVER]).email == "approver@example.org"
    content = client.post(url, {**data, "name_email-current_password": "sai"}).content.decode()
    assert "cần mật khẩu hiện tại" in content.lower()
    with committed():
        client.post(url, {**data, "name_email-current_password": "password"})
    assert fresh_user(office.users[APPROVER]).email == "moi@example.org"
    assert {address for message in mail.outbox for address in message.to} == {"approver@example.org", "moi@example.org"}


def test_an_administrator_does_not_set_their_own_password_without_the_old_one(office, login):
    admin = office.users[ADMIN]
    edit(login(ADMIN), admin, password1=NEW, password2=NEW, email="khac@example.org")
    admin = fresh_user(admin)
    assert (admin.check_password("password"), admin.email) == (True, "admin@example.org")


def test_a_second_person_is_reminded_after_a_working_day(office, login, clock):
    edit(login(ADMIN), office.users[EDITOR], groups=[group(EDITOR).pk, group(APPROVER).pk])
    mail.outbox.clear()
    with committed():
        assert remind() == 0
        clock(days=5)
        assert remind() == 1
        assert remind() == 0
    assert {address for message in mail.outbox for address in message.to} == {
        "reviewer@example.org",
        "approver@example.org",
    }


def test_holidays_are_no_working_days():
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    friday = datetime(2026, 10, 9, 9, tzinfo=zone)
    assert working_day_after(friday) == friday + timedelta(days=3)
    # 2 September is National Day; the day beside it is free as well (Labour Code 2019, article 112).
    before = datetime(2025, 8, 29, 9, tzinfo=zone)
    assert working_day_after(before).date().isoformat() == "2025-09-03"


def test_the_list_says_who_decides_what(office, login):
    edit(login(ADMIN), office.users[EDITOR], groups=[group(EDITOR).pk, group(APPROVER).pk])
    page = office.publish(office.news, office.article("Tin"))
    take_down(fresh(page), office.users[ADMIN], "hidden", "Sai")
    content = login(REVIEWER).get(reverse("proposals")).content.decode()
    assert "Editor (editor)" in content
    assert ">Tin<" in content
    own = Proposal.objects.get(kind="rights")
    content = login(ADMIN).get(reverse("proposal", args=[own.pk])).content.decode()
    assert "Reviewer" in content
    assert 'name="agree"' not in content


def test_a_copy_writes_over_nobody(office, login):
    superuser = make_user("chu", is_superuser=True)
    client = login(ADMIN)
    for user in (superuser, office.users[REVIEWER]):
        data = form_of(user, username="ke-gian", email="ke-gian@example.org", password1=NEW, password2=NEW)
        assert client.post(f"/admin/users/copy/{user.pk}/", data).status_code == 404
        assert fresh_user(user).username == user.username


def test_the_proposer_knows_no_password_of_who_decides(office, login):
    """A new account, and an old one of which the password was set before."""
    client, editor = login(ADMIN), office.users[EDITOR]
    add(client, "lan", APPROVER)
    content = login(REVIEWER).get(reverse("proposal", args=[the_proposal().pk])).content.decode()
    assert "lan@example.org" in content
    mail.outbox.clear()
    decide(login(REVIEWER), the_proposal())
    new = get_user_model().objects.get(username="lan")
    assert roles_of(new) == {GROUPS[APPROVER]}
    assert not new.check_password(NEW)
    own = [message.body for message in mail.outbox if message.to == ["lan@example.org"]]
    (link,) = [body for body in own if "password_reset" in body]
    path = link.split("://")[1].partition("/")[2].split()[0]
    form = Client().get(f"/{path}", follow=True)
    assert "new_password1" in form.content.decode()

    edit(login(ADMIN), editor, password1=NEW, password2=NEW)
    edit(login(ADMIN), fresh_user(editor), groups=[group(EDITOR).pk, group(REVIEWER).pk])
    decide(login(APPROVER), the_proposal())
    assert not fresh_user(editor).check_password(NEW)


def test_a_password_of_ones_own_stays(office, login):
    editor = office.users[EDITOR]
    edit(login(ADMIN), editor, groups=[group(EDITOR).pk, group(REVIEWER).pk])
    decide(login(APPROVER), the_proposal())
    assert fresh_user(editor).check_password("password")


def test_the_role_taken_away_first(office, login):
    reviewer, client = office.users[REVIEWER], login(ADMIN)
    edit(client, reviewer, groups=[])
    edit(client, fresh_user(reviewer), email="ke-gian@example.org", password1=NEW, password2=NEW)
    reviewer = fresh_user(reviewer)
    assert (reviewer.email, reviewer.check_password(NEW)) == ("reviewer@example.org", False)
    assert the_proposal().changes.keys() >= {"email", "password"}


def test_an_address_that_is_taken_meanwhile(office, login):
    edit(login(ADMIN), office.users[REVIEWER], email="moi@example.org")
    make_user("khac")
    get_user_model().objects.filter(username="khac").update(email="moi@example.org")
    content = decide(login(APPROVER), the_proposal()).content.decode()
    assert "tài khoản khác đã có địa chỉ này" in content
    assert fresh_user(office.users[REVIEWER]).email == "reviewer@example.org"


def test_an_office_that_was_there_before(office, login):
    """Holders whom nobody wrote down count as well."""
    Trusted.objects.all().delete()
    edit(login(ADMIN), office.users[EDITOR], groups=[group(EDITOR).pk, group(APPROVER).pk])
    assert the_proposal().is_open
