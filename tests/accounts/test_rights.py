"""Nobody changes their own role, and an administrator gets no rights that were not given."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS
from tests.factories import make_user


@pytest.fixture
def superuser(office):
    return make_user("chu", is_superuser=True)


def roles_of(user):
    return set(user.groups.values_list("name", flat=True))


def bulk(client, action, user, **data):
    return client.post(f"/admin/bulk/accounts/user/{action}/?id={user.pk}", data, follow=True)


def test_no_bulk_action_gives_oneself_a_role(office, login):
    admin, approvers = office.users[ADMIN], Group.objects.get(name=GROUPS[APPROVER])
    bulk(login(ADMIN), "assign_role", admin, role=approvers.pk)
    assert roles_of(admin) == {GROUPS[ADMIN]}


def test_bulk_actions_work_on_others(office, login):
    user, editors = make_user("moi-den"), Group.objects.get(name=GROUPS[EDITOR])
    bulk(login(ADMIN), "assign_role", user, role=editors.pk)
    assert roles_of(user) == {GROUPS[EDITOR]}
    bulk(login(ADMIN), "set_active_state", user, mark_as_active="False")
    assert not get_user_model().objects.get(pk=user.pk).is_active


def test_a_form_cannot_give_oneself_a_role(office, login):
    admin = office.users[ADMIN]
    data = {"username": "admin", "email": "a@example.org", "full_name": "A"}
    data["groups"] = [group.pk for group in Group.objects.all()]
    response = login(ADMIN).post(reverse("wagtailusers_users:edit", args=[admin.pk]), data)
    assert response.status_code == 302
    admin.refresh_from_db()
    assert admin.full_name == "A"
    assert roles_of(admin) == {GROUPS[ADMIN]}


def test_an_administrator_does_not_take_over_a_superuser(office, login, superuser):
    client = login(ADMIN)
    data = {"username": "chu", "email": "c@example.org", "full_name": "C", "is_active": "on"}
    client.post(
        reverse("wagtailusers_users:edit", args=[superuser.pk]),
        {**data, "password1": "mat-khau-khac-hon-1", "password2": "mat-khau-khac-hon-1"},
    )
    client.post(reverse("wagtailusers_users:delete", args=[superuser.pk]))
    bulk(client, "set_active_state", superuser, mark_as_active="False")
    superuser.refresh_from_db()
    assert superuser.check_password("password")
    assert superuser.is_active


def test_an_administrator_uploads_the_emblem(office, login):
    assert login(ADMIN).get(reverse("wagtailimages:add")).status_code == 200


def test_an_administrator_adds_a_user_with_a_role(office, login):
    client = login(ADMIN)
    url = reverse("wagtailusers_users:add")
    content = client.get(url).content.decode()
    assert all(label in content for label in ("Họ và tên", "Chức vụ", "Đơn vị"))
    assert ">None" not in content
    editors = Group.objects.get(name=GROUPS[EDITOR])
    data = {
        "username": "moi", "email": "m@example.org", "full_name": "Người Mới", "position": "", "unit": "",
        "password1": "mat-khau-moi-12", "password2": "mat-khau-moi-12", "groups": [editors.pk],
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    user = get_user_model().objects.get(username="moi")
    assert (user.full_name, roles_of(user), user.is_superuser) == ("Người Mới", {GROUPS[EDITOR]}, False)
    content = client.get(reverse("wagtailusers_users:edit", args=[user.pk])).content.decode()
    assert 'value="Người Mới"' in content
