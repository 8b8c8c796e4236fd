"""Files that would stall everybody or hide what they are: refused, or read up to a limit, in a process of their own."""

import io
import time
import zipfile
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from cms.media.models import CustomDocument, CustomImage
from cms.media.reading import limits
from cms.media.reading.process import read_path
from cms.media.reading.types import type_of
from cms.publishing.record.models import RecordEntry, RecordKind
from tests.factories import make_document, make_user

from .made import ADD_DOCUMENT, ADD_IMAGE, docx, ole, pdf, pdf_of, png, upload

pytestmark = pytest.mark.slow


@pytest.fixture
def transactions(monkeypatch):
    """How long the database's transactions of requests lasted, in seconds."""
    lasted, original, began = [], connection.set_autocommit, []

    def set_autocommit(autocommit, **kwargs):
        if not autocommit:
            began.append(time.monotonic())
        elif began:
            lasted.append(time.monotonic() - began.pop())
        return original(autocommit, **kwargs)

    monkeypatch.setattr(connection, "set_autocommit", set_autocommit)
    return lasted


@pytest.mark.django_db(transaction=True)
def test_a_pdf_that_takes_minutes_holds_no_lock(login, office, transactions):
    bomb = pdf_of(zlib.compress(b"BT /F1 12 Tf " + b"(a) Tj " * 850_000 + b" ET", 9), "/Filter/FlateDecode")
    assert len(bomb) < 20_000
    client = login("editor")
    started = time.monotonic()
    answer = upload(client, ADD_DOCUMENT, "bom.pdf", bomb).json()
    assert time.monotonic() - started < limits.SECONDS + 8
    # It is not lost: its editor may answer for it.
    assert answer["success"]
    assert "nothing_secret" in answer["form"]
    assert max(transactions) < 3
    assert not CustomDocument.objects.exists()


def test_text_is_extracted_up_to_the_limit_and_no_further(tmp_path):
    line = "Một dòng chữ dài để đầy. " * 30
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*[line] * 1200))
    reading = read_path(str(path), "pdf")
    assert reading.is_read
    assert 0 < len(reading.text) <= limits.TEXT


def test_an_image_of_121_megapixels_is_refused_with_a_sentence(office, login):
    started = time.monotonic()
    answer = upload(login("editor"), ADD_IMAGE, "to.png", png((11_000, 11_000))).json()
    assert not answer["success"]
    assert "121" in answer["error_message"]
    assert time.monotonic() - started < 5
    assert not CustomImage.objects.exists()


def test_an_image_below_the_limit_is_scaled_and_its_own_digest_kept(office, login):
    content = png((7000, 7000))
    answer = upload(login("editor"), ADD_IMAGE, "lon.png", content).json()
    image = CustomImage.objects.get(pk=answer["image_id"])
    assert (image.width, image.height) == (2880, 2880)
    assert sorted(image.renditions.filter(filter_spec__endswith="format-webp").values_list("width", flat=True)) == [
        320,
        640,
        960,
        1440,
    ]
    assert image.uploaded_sha256
    assert image.uploaded_sha256 != image.sha256
    with image.open_file() as file:
        assert Image.open(file).size == (2880, 2880)


def test_purged_bytes_do_not_come_back_scaled_or_not(office, login):
    content = png((3000, 3000), "L")
    client = login("editor")
    image = CustomImage.objects.get(pk=upload(client, ADD_IMAGE, "anh.png", content).json()["image_id"])
    with image.open_file() as file:
        stored = file.read()
    CustomImage.objects.update(purged_at=image.created_at)
    for again in (content, stored):
        answer = upload(client, ADD_IMAGE, "khac.png", again).json()
        assert not answer["success"], "what was purged stays away"
    assert CustomImage.objects.count() == 1


def test_a_frame_bomb_is_counted(tmp_path):
    path = tmp_path / "a.gif"
    frames = [Image.new("P", (2000, 2000), number) for number in range(15)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert read_path(str(path), "gif").refused == "pixels"


def test_a_docx_of_xml_without_end_is_read_within_the_limits(tmp_path):
    buffer = io.BytesIO()
    paragraph = b"<w:p><w:r><w:t>" + b"chu " * 50 + b"</w:t></w:r></w:p>"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("document", "header1", "header2", "header3"):
            with archive.open(f"word/{name}.xml", "w") as part:
                part.write(b'<w:d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">')
                for _ in range(20_000_000 // (len(paragraph) * 100)):
                    part.write(paragraph * 100)
                part.write(b"</w:d>")
    path = tmp_path / "a.docx"
    path.write_bytes(buffer.getvalue())
    reading = read_path(str(path), "docx")
    assert reading.is_read
    assert len(reading.text) <= limits.TEXT


@pytest.mark.parametrize("size", [201_000_000])
def test_what_unpacks_to_too_much_is_refused(tmp_path, size):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.bin", "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b"\x00" * 1_000_000)
    assert read_path(str(path), "zip").refused == "unpacked"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
        ("anh.pdf", png((10, 10))),
        ("nen.docx", b"PK\x05\x06" + b"\x00" * 18),
        ("van-ban.docx", pdf("CHỈ THỊ")),
        ("van-ban.doc", docx("CHỈ THỊ")),
        ("chuong-trinh.txt", b"\x7fELF\x00\x00"),
        ("bang.csv", ole()),
    ],
)
def test_the_bytes_say_what_a_file_is(office, login, name, content):
    answer = upload(login("editor"), ADD_DOCUMENT, name, content).json()
    assert not answer["success"]
    assert name.rsplit(".", 1)[1] in answer["error_message"]
    assert not CustomDocument.objects.exists()


def test_html_is_no_image(office, login):
    assert not upload(login("editor"), ADD_IMAGE, "a.png", b"<html></html>").json()["success"]
    assert not upload(login("editor"), ADD_IMAGE, "a.png", pdf("x")).json()["success"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quet.pdf", pdf()),
        ("cu.doc", ole()),
        ("ma-hoa.docx", b"khong"),
        ("hong.pdf", b"%PDF-1.4 hong"),
        ("cu.txt", b"\xff\xff"),
    ],
)
def test_an_unreadable_file_needs_a_declaration_for_itself(office, login, name, content):
    client = login("editor")
    if name == "ma-hoa.docx":
        # An encrypted Word file is an OLE container with the name of a Word file.
        content = ole()
    response = client.post(
        "/admin/documents/chooser/create/",
        {
            "document-chooser-upload-title": "Tệp",
            "document-chooser-upload-file": SimpleUploadedFile(name, content),
            "document-chooser-upload-collection": 1,
        },
    )
    assert response.status_code == 200
    assert not CustomDocument.objects.exists()
    if name == "ma-hoa.docx":
        return
    answer = upload(client, ADD_DOCUMENT, name, content).json()
    form_url = f"/admin/documents/multiple/create_from_uploaded_document/{answer['uploaded_file_id']}/"
    prefix = f"uploaded-document-{answer['uploaded_file_id']}"
    fields = {f"{prefix}-title": "Tệp quét", f"{prefix}-collection": 1}
    assert not client.post(form_url, fields).json()["success"]
    assert client.post(form_url, {**fields, f"{prefix}-nothing_secret": "on"}).json()["success"]
    document = CustomDocument.objects.get()
    assert document.declared_by == office.users["editor"]
    assert not document.is_read
    entry = RecordEntry.objects.get(kind=RecordKind.DECLARED)
    assert (entry.user_id, entry.digest) == (office.users["editor"].pk, document.sha256)


def test_a_declaration_holds_for_the_file_it_was_given_for(db):
    document = make_document("cu.doc", ole(), declared_by=make_user("van-thu"))
    document.file = ContentFile(ole(b"khac"), name="khac.doc")
    with pytest.raises(Exception, match="can't be read|không đọc được"):
        document.save()


def test_reviewers_see_who_declared_what(office, login):
    document = make_document("cu.doc", ole(), declared_by=office.users["editor"])
    page = office.article()
    page.body = [("document", document)]
    office.draft(office.news, page)
    office.submit(page)
    for role in ("reviewer", "approver"):
        text = login(role).get(f"/admin/pages/{page.pk}/review/").content.decode()
        assert "cu.doc" in text
        assert office.users["editor"].get_full_name() in text.split("cu.doc", 1)[1]
        if role == "reviewer":
            office.decide(page, "reviewer")


def test_a_stranger_starts_no_reading(client, db):
    started = time.monotonic()
    client.post(ADD_DOCUMENT, {"files[]": SimpleUploadedFile("a.pdf", pdf("x"))})
    assert time.monotonic() - started < 1
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("extension", ["jpg", "png", "pdf", "docx", "txt", "zip"])
@pytest.mark.parametrize("content", [b"PK\x03\x04", b"RIFF", b"\x00\x00\x00\x18ftyp", b"\x00", b"MZ\x00\x00"])
def test_no_bytes_break_the_recognition(extension, content):
    with pytest.raises(limits.Refused, match="mismatch"):
        type_of(io.BytesIO(content + b"\x00"), extension)


def test_a_broken_font_map_breaks_nothing(office, login):
    broken = pdf_of(b"BT /F1 12 Tf 14 TL 50 800 Td <0041D8000042> Tj T* ET")
    answer = upload(login("editor"), ADD_DOCUMENT, "s.pdf", broken).json()
    assert "A?B" in CustomDocument.objects.get(pk=answer["doc_id"]).extracted_text


@pytest.mark.parametrize(
    "name", ["a." + "x" * 252, "a." + "ệ" * 100, "ệ" * 200 + ".txt", "ệ" * 240 + ".txt", "a", ".txt"]
)
def test_no_name_of_a_file_breaks_anything(office, login, name):
    for url in (ADD_DOCUMENT, ADD_IMAGE):
        assert upload(login("editor"), url, name, b"noi dung").status_code == 200


def test_the_name_of_a_file_is_no_html(office, login):
    answer = upload(login("editor"), ADD_DOCUMENT, "a.<img src=x onerror=alert(1)>", b"x").json()
    assert "<img" not in answer["error_message"]


ODT = '<office:document-content xmlns:office="o" xmlns:text="t"><text:p>{}</text:p></office:document-content>'
WORD = '<w:document xmlns:w="w"><w:body>{}</w:body></w:document>'


@pytest.mark.parametrize(
    ("name", "part", "xml", "text", "marking"),
    [
        ("a.odt", "content.xml", ODT.format("<text:bookmark/>MẬT"), "MẬT", "MẬT"),
        ("a.odt", "content.xml", ODT.format("TUYỆT<text:s/>MẬT"), "TUYỆT MẬT", "TUYỆT MẬT"),
        ("a.odt", "content.xml", ODT.format("Số <text:span>18</text:span> về <text:span>dân vận</text:span> năm 2021"),
         "Số 18 về dân vận năm 2021", None),
        ("a.docx", "word/document.xml", WORD.format(
            "<w:p><w:r><w:t>A</w:t><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
            "<w:t>B</w:t></w:r></w:p>"
        ), "A", "MẬT"),
        ("a.docx", "word/document.xml", WORD.format("<w:p><w:r><w:t>TUYỆT MẬT</w:t><w:br/><w:t>Số 1</w:t></w:r></w:p>"),
         "TUYỆT MẬT\nSố 1", "TUYỆT MẬT"),
        ("a.docx", "word/document2.xml", WORD.format("<w:p><w:r><w:t>TUYỆT</w:t><w:tab/><w:t>MẬT</w:t></w:r></w:p>"),
         "TUYỆT MẬT", "TUYỆT MẬT"),
    ],
)  # fmt: skip
def test_text_is_read_where_it_stands(tmp_path, name, part, xml, text, marking):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        if name.endswith("odt"):
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(part, xml)
    reading = read_path(str(path), name.rsplit(".", 1)[1])
    assert text in reading.text
    assert reading.marking == marking


def test_a_declaration_is_nobody_elses_to_take_over(office, login):
    document = make_document("cu.doc", ole(), declared_by=office.users["editor"])
    make_user("khac", "editor")
    office.users["khac"] = type(office.users["editor"]).objects.get(username="khac")
    login("khac").post(
        f"/admin/documents/edit/{document.pk}/", {"title": "cu.doc", "collection": 1, "nothing_secret": "on"}
    )
    document.refresh_from_db()
    assert document.declared_by == office.users["editor"]


def test_an_upload_that_waited_and_was_purged_meanwhile(office, login):
    client = login("editor")
    number = upload(client, ADD_DOCUMENT, "cu.doc", ole()).json()["uploaded_file_id"]
    other = make_document("khac.doc", ole(), declared_by=office.users["editor"])
    CustomDocument.objects.filter(pk=other.pk).update(purged_at=other.created_at)
    prefix = f"uploaded-document-{number}"
    response = client.post(
        f"/admin/documents/multiple/create_from_uploaded_document/{number}/",
        {f"{prefix}-title": "Cũ", f"{prefix}-collection": 1, f"{prefix}-nothing_secret": "on"},
    )
    assert response.status_code == 200
    assert not response.json()["success"]
    assert CustomDocument.objects.count() == 1


@pytest.mark.once
def test_many_files_in_one_request_are_not_all_read(office, login):
    bomb = pdf_of(zlib.compress(b"BT /F1 12 Tf " + b"(a) Tj " * 850_000 + b" ET", 9), "/Filter/FlateDecode")
    files = [SimpleUploadedFile(f"{number}.pdf", bomb + b"%%%d" % number) for number in range(6)]
    started = time.monotonic()
    login("editor").post(ADD_DOCUMENT, {"title": "a", "files[]": files})
    assert time.monotonic() - started < 3 * limits.SECONDS


def test_who_uploads_nothing_starts_no_reading(office, login):
    started = time.monotonic()
    bomb = pdf_of(zlib.compress(b"BT /F1 12 Tf " + b"(a) Tj " * 850_000 + b" ET", 9), "/Filter/FlateDecode")
    upload(login("reviewer"), ADD_DOCUMENT, "a.pdf", bomb)
    assert time.monotonic() - started < 3
