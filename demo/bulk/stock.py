"""What pages of bulk content share: the register, tags and pictures. Made once; found again on the next run."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection

from articles.models import (
    ArticleIndexPage,
    Category,
    DirectiveIndexPage,
    Issuer,
    Sector,
    Tag,
    TaskPlanIndexPage,
    Unit,
)
from cms.core.text import fold
from cms.media.models import CustomDocument, CustomImage

from ..pictures import landscape_file
from . import phrases

PICTURE = "Đồi núi, hình vẽ số"


@dataclass
class Stock:
    """What pages are made of; instances, so that nothing is asked for while they are made."""

    sections: dict[str, Any]
    categories: list[Any]
    sectors: list[Any]
    units: list[Any]
    issuers: list[Any]
    tags: list[Any]
    pictures: list[Any]


def stock(pages: int) -> Stock:
    """Return what so many pages are made of, and make what is missing of it."""
    return Stock(
        sections={
            "article": ArticleIndexPage.objects.get(),
            "directive": DirectiveIndexPage.objects.get(),
            "plan": TaskPlanIndexPage.objects.get(),
        },
        categories=[_named(Category, name) for name in phrases.CATEGORIES],
        sectors=[_named(Sector, name) for name in phrases.SECTORS],
        units=[_named(Unit, name) for name in phrases.UNITS],
        issuers=[_named(Issuer, name, code=code, level=level) for name, code, level in phrases.ISSUERS],
        tags=[_named(Tag, name) for name in phrases.TAGS],
        pictures=[_picture(number) for number in range(8 + pages // 5000)],
    )


def _named(model: Any, name: str, **values: Any) -> Any:
    return model.objects.filter(name=name).order_by("pk").first() or model.objects.create(name=name, **values)


def _picture(number: int) -> Any:
    title = f"{PICTURE} {number + 1}"
    found = CustomImage.objects.filter(title=title).order_by("pk").first()
    return found or CustomImage.objects.create(title=title, file=landscape_file(number, f"hinh-ve-{number + 1}"))


def papers(titles: dict[int, str]) -> dict[int, Any]:
    """Make a document of one leaf for each title, and return them by the same numbers.

    Written at once, without the reading that an upload goes through: what it would find is known.
    """
    root = Collection.get_first_root_node()
    made = {}
    for number, title in titles.items():
        text = fold(title)
        content = _leaf(text)
        made[number] = CustomDocument(
            title=title,
            file=default_storage.save(f"documents/van-ban-{number}.pdf", ContentFile(content)),
            collection=root,
            sha256=hashlib.sha256(content).hexdigest(),
            file_hash=hashlib.sha1(content).hexdigest(),  # noqa: S324 - Wagtail's column
            file_size=len(content),
            pages=1,
            extracted_text=text,
        )
    CustomDocument.objects.bulk_create(made.values())
    return made


def _leaf(text: str) -> bytes:
    """Return a PDF of one page with one line, of letters that need no font of its own."""
    line = f"BT /F1 12 Tf 72 720 Td ({text.translate(_ESCAPED)}) Tj ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
    ]
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(content))
    )


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
