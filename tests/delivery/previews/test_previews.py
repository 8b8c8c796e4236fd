"""A signed, expiring, revocable link gives the draft of one page to another front end."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.delivery.previews.links import make, revoke, token_of
from cms.delivery.previews.models import PreviewLink
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.publishing.record.models import RecordEntry
from tests.factories import fresh


@pytest.fixture
def page(office):
    page = office.publish(office.news, office.article("Bản công khai"))
    office.revise(page, title="Bản nháp mới")
    return page


@pytest.fixture
def link(office, page):
    return make(fresh(page), office.users[EDITOR], "Cổng tỉnh", 7)


def test_it_gives_the_latest_draft_in_the_form_of_the_page(office, page, link, api, client):
    form = api(f"previews/{token_of(link)}/")
    assert form["title"] == "Bản nháp mới"
    assert form.keys() == api(f"pages/{page.pk}/").keys()
    office.revise(page, title="Bản nháp sau")
    response = client.get(f"/api/v2/previews/{token_of(link)}/")
    assert response.json()["title"] == "Bản nháp sau"
    assert response["Cache-Control"] == "private, no-store"
    assert api(f"pages/{page.pk}/")["title"] == "Bản công khai"


def test_a_page_that_was_never_public(office, api):
    draft = office.draft(office.news, office.article("Chưa từng đăng"))
    link = make(fresh(draft), office.users[REVIEWER], "Cổng tỉnh", 1)
    assert api(f"previews/{token_of(link)}/")["title"] == "Chưa từng đăng"


def test_it_ends_with_the_account_that_made_it(office, link, api):
    maker = office.users[EDITOR]
    maker.is_active = False
    maker.save()
    api(f"previews/{token_of(link)}/", status=404)
    maker.is_active = True
    maker.save()
    assert api(f"previews/{token_of(link)}/")
    maker.groups.clear()
    api(f"previews/{token_of(link)}/", status=404)


def test_it_ends_by_itself(link, api, clock):
    clock(days=6)
    assert api(f"previews/{token_of(link)}/")
    clock(days=8)
    api(f"previews/{token_of(link)}/", status=404)


def test_it_is_revoked(office, link, api):
    revoke(link, office.users[APPROVER])
    api(f"previews/{token_of(link)}/", status=404)
    kinds = RecordEntry.objects.filter(kind="preview_link").values_list("user_name", "data__revoked")
    assert list(kinds) == [("Editor", None), ("Approver", True)]


@pytest.mark.parametrize("token", ["x", "1", "1:abc", "²:x", "%00"])
def test_a_link_that_nobody_made(link, client, token):
    assert client.get(f"/api/v2/previews/{token}/").status_code == 404
    assert client.get(f"/api/v2/previews/{link.pk + 1}{token_of(link)[1:]}/").status_code == 404


def test_it_ends_with_its_page(office, page, link, api):
    agree(propose("page", page.pk, "purge", office.users[EDITOR], "Lọt."), office.users[APPROVER])
    api(f"previews/{token_of(link)}/", status=404)


def test_in_the_admin(office, page, login, role):
    client, url = login(role), reverse("preview_links", args=[page.pk])
    assert client.post(url, {"name": "Cổng tỉnh", "days": 3}).status_code == 302
    link = PreviewLink.objects.get()
    assert f"/api/v2/previews/{token_of(link)}/" in client.get(url).content.decode()
    client.post(url, {"revoke": link.pk})
    assert "Đã thu hồi" in client.get(url).content.decode()
    assert PreviewLink.objects.get().revoked_at


@pytest.mark.parametrize(
    ("data", "status"),
    [({"name": "", "days": 3}, 422), ({"name": "x", "days": 0}, 422), ({"name": "x", "days": 31}, 422),
     ({"name": "x", "days": "y"}, 422),
     ({"revoke": "x"}, 404), ({"revoke": "99999"}, 404)],
)  # fmt: skip
def test_bad_input(office, page, login, data, status):
    assert login(EDITOR).post(reverse("preview_links", args=[page.pk]), data).status_code == status
    assert not PreviewLink.objects.exists()


def test_nobody_without_a_role(office, page, client, django_user_model):
    outsider = django_user_model.objects.create_user("ngoai", password="password")
    with pytest.raises(PermissionDenied):
        make(fresh(page), outsider, "Ai đó", 3)
    client.force_login(outsider)
    assert client.get(reverse("preview_links", args=[page.pk])).status_code in {302, 403}
