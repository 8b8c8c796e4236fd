"""Types of documents, of the state (Decree 30/2020, Annex III) and of the Party (Regulation 399-QĐ/TW).

A code is the slug of the Vietnamese name, since abbreviations collide (QĐ is a decision and a regulation). The
names are the official ones in every language of the interface.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.text import fold, vietnamese_slug


class Family(models.TextChoices):
    """Two families of documents, with grammars of their own for references."""

    PARTY = "party", _("Party document")
    STATE = "state", _("State document")


# (name, abbreviation of the state, abbreviation of the Party); None where the family has no such type.
_TYPES = [
    ("Chỉ thị", "CT", "CT"),
    ("Nghị quyết", "NQ", "NQ"),
    ("Quyết định", "QĐ", "QĐ"),
    ("Kết luận", None, "KL"),
    ("Kế hoạch", "KH", "KH"),
    ("Chương trình", "CTr", "CTr"),
    ("Đề án", "ĐA", "ĐA"),
    ("Hướng dẫn", "HD", "HD"),
    ("Thông báo", "TB", "TB"),
    ("Quy định", "QyĐ", "QĐ"),
    ("Quy chế", "QC", "QC"),
    ("Báo cáo", "BC", "BC"),
    ("Tờ trình", "TTr", "TTr"),
    ("Công văn", "", "CV"),
    ("Luật", "", None),
    ("Nghị định", "NĐ", None),
    ("Thông tư", "TT", None),
    ("Thông tư liên tịch", "TTLT", None),
    ("Chiến lược", None, ""),
    ("Thông tri", None, "TT"),
    ("Thông cáo", "TC", ""),
    ("Tuyên bố", None, ""),
    ("Lời kêu gọi", None, ""),
    ("Quy hoạch", None, ""),
    ("Phương án", "PA", ""),
    ("Dự án", "DA", ""),
    ("Biên bản", "BB", "BB"),
    ("Hợp đồng", "HĐ", None),
    ("Công điện", "CĐ", None),
    ("Bản ghi nhớ", "BGN", None),
    ("Bản thỏa thuận", "BTT", None),
    ("Giấy ủy quyền", "GUQ", None),
    ("Giấy mời", "GM", None),
    ("Giấy giới thiệu", "GGT", None),
]

CHOICES = [(vietnamese_slug(name), name) for name, _state, _party in _TYPES]
NAMES = dict(CHOICES)
_ABBREVIATIONS: dict[str, dict[str, str | None]] = {
    vietnamese_slug(name): {Family.STATE: state, Family.PARTY: party} for name, state, party in _TYPES
}


def abbreviations(code: str) -> list[str]:
    """Return the abbreviations that stand for a type in references, without repetition."""
    return sorted({text for text in _ABBREVIATIONS[code].values() if text})


def agrees(code: str, family: str, symbol: str) -> bool:
    """Return whether a document of this type may have this symbol: `chi-thi` has `CT`, not `NQ`.

    Only a warning may follow from it: old documents and other offices have their own habits.
    """
    expected = _ABBREVIATIONS.get(code, {}).get(family)
    if not expected or not symbol:
        return True
    first = symbol.replace("/", "-").split("-")[0]
    return fold(first) == fold(expected)
