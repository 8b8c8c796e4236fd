"""Public files are kept by who has them, and what is not public looks like nothing."""

import hashlib

import pytest

from articles.models import ArticleAttachment
from tests.factories import fresh, make_document, make_image

PUBLIC = "public, max-age=0, must-revalidate"


@pytest.fixture
def page(office):
    page = office.article("Có tệp", image=make_image(), image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=make_document("ban-ghi.txt", b"noi dung"))]
    return office.draft(office.news, page)


def addresses(page):
    """The addresses of the document and of the largest rendition of the image."""
    page = fresh(page)
    return [page.attachments.get().document.url, page.image.renditions.filter(filter_spec__contains="webp").last().url]


def test_a_public_file_has_the_digest_of_its_bytes_as_etag(office, page, client):
    office.approve(page)
    for address in addresses(page):
        answer = client.get(address)
        body = b"".join(answer.streaming_content)
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        assert (answer.status_code, answer["ETag"], answer["Cache-Control"]) == (200, etag, PUBLIC)
        assert "Content-Encoding" not in answer
        assert answer["X-Content-Type-Options"] == "nosniff"
        known = client.get(address, headers={"If-None-Match": f'"x", W/{etag}'})
        assert (known.status_code, known["ETag"], known.content) == (304, etag, b"")


def test_what_is_not_public_answers_as_what_does_not_exist(office, page, client):
    for address in addresses(page):
        missing = client.get(address.replace(".", "0."))
        hidden = client.get(address)
        assert hidden.status_code == missing.status_code == 404
        assert dict(hidden.headers) == dict(missing.headers)
        assert client.get(address.replace("/1/", "/999/")).status_code == 404


def test_the_office_sees_what_drafts_show_and_nobody_keeps_it(office, page, client):
    client.force_login(office.users["editor"])
    for address in addresses(page):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert "ETag" not in answer


def test_a_file_is_gone_with_the_page_that_showed_it(office, page, client):
    page = office.approve(page)
    etags = {address: client.get(address)["ETag"] for address in addresses(page)}
    fresh(page).unpublish()
    for address, etag in etags.items():
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 404
