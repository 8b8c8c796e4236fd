"""Files that are marked secret are never stored; the words in a sentence are fine."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.media.models import CustomDocument
from cms.media.secrecy import marking_in, marking_of
from tests.factories import make_document

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def pdf(*lines):
    """A PDF of one page with these lines of ASCII-escaped text in a font that maps them to Unicode."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 800 Td {text} ET".encode()
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 8\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % xref


def docx(*paragraphs, header=()):
    """A Word file with these paragraphs, and others in its header."""
    buffer = io.BytesIO()

    def xml(lines):
        return WORD.format("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines))

    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", xml(paragraphs))
        archive.writestr("word/header1.xml", xml(header))
    return buffer.getvalue()


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
        ("a.docx", b"khong phai zip"),
        ("a.pdf", b"%PDF-1.4 hong"),
        ("a.txt", b"\xff\xfe\x00"),
    ],
)
def test_other_files_are_stored(db, name, content):
    assert make_document(name, content).pk


def test_a_huge_part_is_not_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    buffer.seek(0)
    assert marking_in(buffer, "docx") is None
