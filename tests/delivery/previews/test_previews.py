"""A signed, expiring, revocable link gives the draft of one page to another front end."""

import json
import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.models import ArticleAttachment
from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.delivery.previews.links import make, revoke, token_of
from cms.delivery.previews.models import PreviewLink
from cms.media.models import CustomImage
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.record.models import RecordEntry
from cms.publishing.takedown.actions import take_down
from tests.factories import fresh, make_document, make_image


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


@pytest.fixture
def illustrated(office):
    """A draft with a picture, a file, and a link to a file in its text; and a link to it."""
    draft = office.article("Nháp có tệp", image=make_image(), image_alt="Đồi")
    draft.attachments = [ArticleAttachment(document=make_document("Báo cáo, số 1.txt", b"so lieu"))]
    linked = make_document("phu-luc.txt", b"phu luc")
    draft.body = [("paragraph", f'<p><a linktype="document" id="{linked.pk}">Phụ lục</a></p>')]
    office.draft(office.news, draft)
    return fresh(draft), make(fresh(draft), office.users[EDITOR], "Cổng tỉnh", 7)


def files_in(form):
    """The addresses of files in a preview, without their hosts."""
    found = re.findall(r"http://localhost(/(?:media|documents)/[^\s\"'<>\\]+)", json.dumps(form, ensure_ascii=False))
    return [unescape(one).rstrip(",") for one in found]


def test_it_opens_the_files_of_the_draft(illustrated, api, client):
    _draft, link = illustrated
    addresses = files_in(api(f"previews/{token_of(link)}/"))
    assert len(addresses) >= 4
    assert all("?preview=" in one for one in addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "private, no-store"
        assert client.get(address.partition("?")[0]).status_code == 404, "without the signature it is not there"
        assert client.get(f"{address}x").status_code == 404


def test_they_end_with_the_link(office, illustrated, api, client, clock):
    draft, link = illustrated
    addresses = files_in(api(f"previews/{token_of(link)}/"))
    revoke(link, office.users[EDITOR])
    assert {client.get(one).status_code for one in addresses} == {404}
    again = make(draft, office.users[EDITOR], "Cổng tỉnh", 7)
    addresses = files_in(api(f"previews/{token_of(again)}/"))
    clock(days=8)
    assert {client.get(one).status_code for one in addresses} == {404}


def test_they_end_with_what_the_draft_shows(office, illustrated, api, client):
    draft, link = illustrated
    addresses = files_in(api(f"previews/{token_of(link)}/"))
    office.revise(draft, image=None, image_alt="", attachments=[], body=[])
    assert {client.get(one).status_code for one in addresses} == {404}


def test_what_is_hidden_is_shown_to_nobody(office, illustrated, api, client):
    draft, link = illustrated
    page = office.approve(draft)
    addresses = files_in(api(f"previews/{token_of(link)}/"))
    proposal = take_down(page, office.users[REVIEWER], "hidden", "Sai.")
    api(f"previews/{token_of(link)}/", status=404)
    assert {client.get(one).status_code for one in addresses} == {404}
    refuse(proposal, office.users[APPROVER], "Đúng.")
    assert api(f"previews/{token_of(link)}/")


def test_a_sentence_that_names_an_address_stays_as_it_is(office, api):
    draft = office.article("Nháp", lead="Xem http://localhost/documents/1/a.txt.")
    office.draft(office.news, draft)
    link = make(fresh(draft), office.users[EDITOR], "Cổng tỉnh", 7)
    assert api(f"previews/{token_of(link)}/")["lead"] == "Xem http://localhost/documents/1/a.txt."


def test_a_signature_opens_no_other_file(illustrated, api, client):
    _draft, link = illustrated
    address = next(one for one in files_in(api(f"previews/{token_of(link)}/")) if one.startswith("/documents/"))
    other = make_document("mat.txt", b"khac")
    assert client.get(f"{other.url}?{address.partition('?')[2]}").status_code == 404
    original = CustomImage.objects.get().file.url
    assert client.get(f"{original}?{address.partition('?')[2]}").status_code == 404
    for given in ("", "x", f"{link.pk}.", "9" * 40 + ".x", f"{link.pk}:x"):
        assert client.get(address.partition("?")[0], {"preview": given}).status_code == 404


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
