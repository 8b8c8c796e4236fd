"""Files made byte by byte, as people and others would upload them."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

ADD_DOCUMENT, ADD_IMAGE = "/admin/documents/multiple/add/", "/admin/images/multiple/add/"

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def pdf(*lines):
    """A PDF of one page with these lines of ASCII-escaped text in a font that maps them to Unicode."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T* " for line in lines)
    return pdf_of(f"BT /F1 12 Tf 14 TL 50 800 Td {text} ET".encode())


def pdf_of(stream, entries=""):
    """A PDF of one page with this stream of content; `entries` stand in its dictionary."""
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
    cmap += b"endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), entries.encode(), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
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


def ole(rest=b""):
    """The beginning of a file of the old Microsoft Office, or of an encrypted new one."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + rest


def upload(client, url, name, content):
    """The answer to a file that is sent as Wagtail's uploader sends it."""
    return client.post(url, {"title": name, "files[]": SimpleUploadedFile(name, content)})


def png(size, mode="RGB"):
    """A PNG of one colour, made without holding its pixels."""
    channels = {"1": 1, "L": 8, "RGB": 24}[mode]
    row = b"\x00" * (1 + (size[0] * channels + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row * 100) for _ in range(size[1] // 100)) + packer.compress(row * (size[1] % 100))
    data += packer.flush()
    depth, colour = {"1": (1, 0), "L": (8, 0), "RGB": (8, 2)}[mode]
    head = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + bytes([depth, colour, 0, 0, 0])

    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
