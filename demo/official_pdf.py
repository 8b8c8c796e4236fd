"""Files of the demo's documents, set as an office sets its own: A4 with the margins of Decree 30/2020, head, subject,
text, place of the signature.
"""

import io
from functools import cache
from html import escape
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
from wagtail.models import Page

FONTS = Path(__file__).parent / "fonts"
# Tinos has the measures of Times New Roman, which Decree 30 asks for.
FACES = {"Tinos": "Regular", "Tinos-Bold": "Bold", "Tinos-Italic": "Italic"}
MARGINS = {"topMargin": 20 * mm, "bottomMargin": 20 * mm, "leftMargin": 30 * mm, "rightMargin": 20 * mm}


@cache
def _styles():
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / f"Tinos-{face}.ttf"))
    pdfmetrics.registerFontFamily("Tinos", normal="Tinos", bold="Tinos-Bold", italic="Tinos-Italic")
    text = ParagraphStyle("text", fontName="Tinos", fontSize=13.5, leading=19, alignment=TA_JUSTIFY, spaceAfter=6)
    return {
        "text": ParagraphStyle("indented", text, firstLineIndent=10 * mm),
        "section": ParagraphStyle("section", text, fontName="Tinos-Bold", spaceBefore=6, keepWithNext=True),
        "head": ParagraphStyle("head", text, fontSize=12.5, leading=17, alignment=TA_CENTER, spaceAfter=0),
        "title": ParagraphStyle("title", text, fontName="Tinos-Bold", alignment=TA_CENTER),
        "small": ParagraphStyle("small", text, fontSize=11, leading=14, alignment=0, spaceAfter=0),
    }


def official_pdf(page: Page, place: str, text: list[tuple[str, list[str]]], illustration: str) -> bytes:
    """Return the file of `page`, a document that need not be stored yet, with the sections of `text`: (heading,
    paragraphs) of each.

    `place` stands before the date; `illustration` is the sentence that says what the file is, at the foot of every
    sheet.
    """
    style = _styles()

    def line(words, name: str = "head"):
        return Paragraph(words, style[name])

    issuers = "<br/>".join(escape(row.issuer.name.upper()) for row in page.directive_issuers.all())
    day = page.issued_on
    left = f"<b>{issuers}</b><br/>*<br/>Số {escape(page.reference_as_printed)}"
    right = f"<b><u>ĐẢNG CỘNG SẢN VIỆT NAM</u></b><br/><br/><i>{place}, ngày {day:%d} tháng {day:%m} năm {day:%Y}</i>"
    story = [Table([[line(left), line(right)]], colWidths=[72 * mm, 88 * mm]), Spacer(0, 8 * mm)]
    story += [line(escape(page.get_document_type_display().upper()), "title"), line(escape(page.subject), "title")]
    story.append(Spacer(0, 4 * mm))
    for heading, paragraphs in text:
        story.append(line(escape(heading), "section"))
        story += [line(escape(paragraph), "text") for paragraph in paragraphs]
    for signer in page.signers.all():
        signature = (
            f"<b>{signer.signs_for} {issuers}</b><br/><b>{escape(signer.position.upper())}</b><br/><br/>(đã ký)"
            f"<br/><br/><b>{escape(signer.name)}</b>"
        )
        recipients = (
            "<b><i>Nơi nhận:</i></b><br/>- Các phòng thuộc Ban,<br/>- Cổng thông tin của Ban,<br/>- Lưu Văn phòng."
        )
        story += [
            Spacer(0, 6 * mm),
            Table([[line(recipients, "small"), line(signature)]], colWidths=[72 * mm, 88 * mm]),
        ]

    def foot(canvas, _document) -> None:
        canvas.setFont("Tinos-Italic", 9)
        canvas.drawString(30 * mm, 11 * mm, illustration)
        canvas.drawRightString(A4[0] - 20 * mm, 11 * mm, str(canvas.getPageNumber()))

    buffer = io.BytesIO()
    # Invariant: the same document gives the same bytes, whenever the demo is built.
    document = SimpleDocTemplate(
        buffer, pagesize=A4, title=page.subject, author=issuers, lang="vi", invariant=1, **MARGINS
    )
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()
