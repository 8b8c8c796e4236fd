"""Files made byte by byte, as people and others would upload them."""

import io
import zipfile

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def pdf(*lines):
    """A PDF of one page with these lines of ASCII-escaped text in a font that maps them to Unicode."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T* " for line in lines)
    return pdf_of(f"BT /F1 12 Tf 14 TL 50 800 Td {text} ET".encode())


def pdf_of(stream, entries=""):
    """A PDF of one page with this stream of content; `entries` stand in its dictionary."""
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), entries.encode(), stream),
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


def ole(rest=b""):
    """The beginning of a file of the old Microsoft Office, or of an encrypted new one."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + rest
