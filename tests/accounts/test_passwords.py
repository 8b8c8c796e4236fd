"""Passwords have twelve signs and more, are no common ones, and are not the name."""

import pytest
from django.urls import reverse

from cms.accounts.roles import ADMIN
from tests.forms import filled


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngan-qua-11", "12 ký tự"),
        ("qwertyuiop12", "phổ biến"),
        ("483920571836", "chữ số"),
        ("nguyenvanan1990", "giống"),
    ],
)
def test_a_weak_password_is_refused(office, login, password, said):
    client, url = login(ADMIN), reverse("wagtailusers_users:add")
    data = {"username": "nguyenvanan", "full_name": "Nguyễn Văn An", "email": "an@example.org"}
    answer = client.post(
        url, {**filled(client.get(url), "username"), **data, "password1": password, "password2": password}
    )
    assert said in answer.content.decode().lower()
