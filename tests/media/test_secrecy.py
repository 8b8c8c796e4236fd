"""Files that are marked secret are never stored; the words in a sentence are fine."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.media.models import CustomDocument
from cms.media.secrecy import marking_of
from tests.factories import make_document

from .made import docx, pdf


@pytest.mark.parametrize(
    "line", ["MẬT", "  TỐI MẬT ", "TUYỆT  MẬT", "M Ậ T", "Độ mật: Tối mật", "độ mật: MẬT", "[MẬT]", "LƯU HÀNH NỘI BỘ"]
)
def test_markings(line):
    assert marking_of(line)


@pytest.mark.parametrize(
    "line",
    [
        "Mật ong rừng",
        "Bảo vệ bí mật nhà nước",
        "Tài liệu TỐI MẬT được cất riêng",
        "mật",
        "MẶT TRẬN",
        "Tối mật",
        "",
        "Danh mục MẬT",
    ],
)
def test_words_in_prose_are_none(line):
    assert marking_of(line) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf("TỈNH ỦY LÀO CAI", "Số 18-CT/TU", "TỐI MẬT", "CHỈ THỊ")),
        ("a.docx", docx("TỈNH ỦY", "MẬT", "CHỈ THỊ")),
        ("a.docx", docx("CHỈ THỊ", header=["TUYỆT MẬT"])),
        ("a.txt", "TỈNH ỦY\nMẬT\n".encode()),
    ],
)
def test_a_marked_file_is_refused_and_nothing_is_kept(office, login, name, content):
    def stored():
        return sorted(str(path) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())

    before = stored()
    file = SimpleUploadedFile(name, content)
    response = login("editor").post("/admin/documents/add/", {"title": "Tệp", "file": file, "collection": 1})
    assert "file" in response.context["form"].errors
    response = login("editor").post(
        "/admin/documents/multiple/add/", {"title": "Tệp", "files[]": SimpleUploadedFile(name, content)}
    )
    assert not response.json()["success"]
    with pytest.raises(ValidationError):
        make_document(name, content)
    document = CustomDocument(title="Tệp")
    document.file.save(name, ContentFile(content), save=False)
    with pytest.raises(ValidationError):
        document.save()
    assert not CustomDocument.objects.exists()
    assert stored() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf("CHỈ THỊ", "Về công tác bảo vệ bí mật nhà nước, độ mật và tối mật")),
        ("a.docx", docx("QUY CHẾ", "Tài liệu Mật, Tối mật, Tuyệt mật được quản lý như sau.")),
        ("a.docx", docx(*["Đoạn"] * 40, "MẬT")),
    ],
)
def test_other_files_are_stored(db, name, content):
    document = make_document(name, content)
    assert document.is_read
    assert document.declared_by is None
