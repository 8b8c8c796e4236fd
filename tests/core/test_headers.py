"""Headers of safety, on the site, the API and the admin."""

import re

import pytest
from django.urls import reverse

from cms.accounts.roles import EDITOR
from tests.factories import make_document


@pytest.mark.parametrize("address", ["/", "/tin-bai/", "/khong-co/", "/admin/login/"])
def test_a_page_uses_nothing_of_the_device(office, client, address):
    headers = client.get(address).headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/tin-bai/", "/khong-co/", "/api/v2/docs/"])
def test_a_page_of_the_site_loads_and_runs_its_own_alone(office, client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy


def test_the_policy_of_the_admin(office, login):
    policy = login(EDITOR).get("/admin/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy


def scripts_of(policy):
    return next(part for part in policy.split("; ") if part.startswith("script-src "))


def test_a_script_in_the_admin_needs_the_nonce_of_its_answer(office, login):
    client, seen = login(EDITOR), set()
    for _time in range(2):
        response = client.get(f"/admin/pages/add/articles/articlepage/{office.news.pk}/")
        allowed = scripts_of(response.headers["Content-Security-Policy"])
        assert "unsafe-inline" not in allowed
        (nonce,) = re.findall(r"'nonce-([^']+)'", allowed)
        seen.add(nonce)
        inline = re.findall(r"<script(?![^>]*(?:src|json))[^>]*>", response.content.decode())
        assert len(inline) > 5
        assert set(inline) == {f'<script nonce="{nonce}">'}
    assert len(seen) == 2


def test_what_a_script_asks_for_brings_none(office, login):
    response = login(EDITOR).get("/admin/documents/chooser/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert "<script" not in response.json()["html"]
    response = login(EDITOR).get(
        f"/admin/pages/add/articles/articlepage/{office.news.pk}/", headers={"X-Requested-With": "XMLHttpRequest"}
    )
    text = response.content.decode()
    assert "<script nonce" not in text
    assert 'data-portal-start-name-value="initDateChooser"' in text


def test_what_is_no_page_has_no_policy_of_pages(office, client):
    assert "Content-Security-Policy" not in client.get("/api/v2/pages/").headers


def test_other_sites_may_use_the_api(office, client):
    assert "Cross-Origin-Resource-Policy" not in client.get("/api/v2/pages/").headers


def test_nothing_behind_the_log_in_is_kept(office, login):
    client = login(EDITOR)
    draft = office.draft(office.news, office.article("Nháp"))
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[office.news.pk]),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
        reverse("wagtailadmin_reports:site_history") + "?export=csv",
        make_document().url,
    ]
    for address in addresses:
        kept = client.get(address).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(kept.replace(" ", "").split(",")), (address, kept)
