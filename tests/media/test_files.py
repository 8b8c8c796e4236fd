"""Files are content: what the public sees can't be swapped under it."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from pypdf import PdfWriter

from articles.models import ArticleAttachment
from cms.media.models import CustomDocument, CustomImage
from cms.media.renditions import JPEG_FILTER
from tests.factories import make_document, make_image, make_user


def publish_with(office, document):
    page = office.article()
    page.attachments = [ArticleAttachment(document=document)]
    return office.publish(office.news, page)


def test_a_file_has_its_digest_size_and_pages(db):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_blank_page(100, 100)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = make_document("hai-trang.pdf", buffer.getvalue(), declared_by=make_user("van-thu"))
    assert document.pages == 2
    assert len(document.sha256) == 64
    assert document.file_size == len(buffer.getvalue())


def test_a_broken_pdf_is_kept_as_it_is(db):
    document = make_document("hong.pdf", b"%PDF-1.4 hong", declared_by=make_user("van-thu"))
    assert document.pages is None
    assert document.sha256


def test_a_file_that_a_draft_shows_may_be_replaced(office):
    document = make_document()
    page = office.article()
    page.attachments = [ArticleAttachment(document=document)]
    office.draft(office.news, page)
    before = document.sha256
    document.file = ContentFile(b"khac", name="khac.txt")
    document.save()
    assert document.sha256 != before


def test_a_public_file_cannot_be_replaced_or_deleted(office, client):
    document = make_document(content=b"da duyet")
    publish_with(office, document)
    document = CustomDocument.objects.get(pk=document.pk)
    document.file = ContentFile(b"khac", name="khac.txt")
    with pytest.raises(ValidationError):
        document.save()
    document = CustomDocument.objects.get(pk=document.pk)
    document.file.save("khac.txt", ContentFile(b"khac"), save=False)
    with pytest.raises(ValidationError):
        document.save()
    with pytest.raises(ProtectedError):
        CustomDocument.objects.get(pk=document.pk).delete()
    assert b"".join(client.get(CustomDocument.objects.get(pk=document.pk).url)) == b"da duyet"


def test_the_admin_says_so_at_the_field(office, login):
    document = make_document(content=b"da duyet")
    publish_with(office, document)
    response = login("editor").post(
        f"/admin/documents/edit/{document.pk}/",
        {"title": "Mới", "file": ContentFile(b"khac", name="khac.txt"), "collection": document.collection_id},
    )
    assert response.status_code == 200
    assert "file" in response.context["form"].errors
    assert CustomDocument.objects.get(pk=document.pk).sha256 == document.sha256


def test_the_sizes_for_readers_are_there_from_the_upload_on(db):
    image = make_image(size=(1000, 500))
    assert sorted(image.renditions.values_list("width", flat=True)) == [320, 640, 960, 1000]
    assert image.renditions.get(filter_spec=JPEG_FILTER).file.name.endswith(".jpeg"), "the one for social networks"


def test_media_gives_no_other_file(office, client, login):
    assert client.get("/media/../db.sqlite3").status_code == 404
    assert login("editor").get("/media/documents/tep.txt").status_code == 404


def test_what_is_in_review_cannot_be_swapped_before_its_approval(office, login):
    document = make_document(content=b"da gui")
    page = office.article()
    page.attachments = [ArticleAttachment(document=document)]
    office.draft(office.news, page)
    office.submit(page)
    url = f"/admin/documents/edit/{document.pk}/"
    data = {"title": "tep.txt", "collection": document.collection_id}
    response = login("editor").post(url, {**data, "file": ContentFile(b"khac", name="khac.txt")})
    assert "file" in response.context["form"].errors
    office.decide(page, "reviewer", "reject", "Thiếu.")
    assert login("editor").post(url, {**data, "file": ContentFile(b"khac", name="khac.txt")}).status_code == 302


def test_the_title_of_a_public_file_is_content_too(office, login, client):
    document = make_document()
    publish_with(office, document)
    response = login("editor").post(
        f"/admin/documents/edit/{document.pk}/", {"title": "Tên chưa ai duyệt", "collection": document.collection_id}
    )
    assert "title" in response.context["form"].errors
    document.title = "Tên chưa ai duyệt"
    with pytest.raises(ValidationError):
        document.save()


@pytest.mark.parametrize("kind", ["document", "image"])
def test_nobody_deletes_a_public_file_in_the_admin(office, login, kind):
    editor = office.users["editor"]
    document, image = make_document(), make_image()
    for file in (document, image):
        file.uploaded_by_user = editor
        file.save()
    page = office.article(image=image, image_alt="Ảnh")
    page.body = [("document", document)]
    office.publish(office.news, page)
    client = login("editor")
    if kind == "document":
        single, bulk = (
            f"/admin/documents/delete/{document.pk}/",
            f"/admin/bulk/media/customdocument/delete/?next=/admin/&id={document.pk}",
        )
    else:
        single, bulk = (
            f"/admin/images/{image.pk}/delete/",
            f"/admin/bulk/media/customimage/delete/?next=/admin/&id={image.pk}",
        )
    for url in (single, bulk):
        assert client.post(url, follow=True).status_code == 200
    assert CustomDocument.objects.filter(pk=document.pk).exists()
    assert CustomImage.objects.filter(pk=image.pk).exists()


def test_only_the_sizes_for_readers_are_public(office, client):
    """The admin's thumbnails keep what a camera wrote into the file: places and names."""
    image = make_image(size=(1000, 500))
    office.publish(office.news, office.article(image=image, image_alt="Ảnh"))
    assert client.get(image.get_rendition("width-320|format-webp").url).status_code == 200
    for spec in ("max-165x165", "original"):
        assert client.get(image.get_rendition(spec).url).status_code == 404
    assert client.get("/media/a%00b.png").status_code == 404
