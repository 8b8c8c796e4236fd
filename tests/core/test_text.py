"""Vietnamese text: folding, slugs, order, dates, tags."""

import datetime

import pytest

from cms.core.dates import format_date
from cms.core.tags import join_tags, parse_tags
from cms.core.text import fold, normalise, sort_key, vietnamese_slug, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đảng ủy", "dang uy"),
        ("HOÀ", "hoa"),
        ("hòa", "hoa"),
        ("Ðắk Lắk", "dak lak"),
        ("ƯỠN NGHIÊNG", "uon nghieng"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "tieng viet"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_normalising_keeps_the_spelling():
    assert normalise("hoa\u0300\xa0bình") == "hoà bình"


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Đảng ủy", "dang-uy"), ("Ước mơ đẹp", "uoc-mo-dep"), ("18-CT/TU", "18-ct-tu"), ("2021–2025", "2021-2025")],
)
def test_slugs(text, slug):
    assert vietnamese_slug(text) == slug


def test_order_of_the_alphabet():
    """ICU vi: đ after d; a ă â, e ê, o ô ơ, u ư; tones decide only between equal letters."""
    ordered = ["An", "Ăn", "Ân", "da", "đa", "e", "ê", "oi", "ôi", "ơi", "u", "ư"]
    backwards = list(reversed(ordered))
    assert sorted(backwards, key=sort_key) == ordered
    assert sorted(["mà b", "ma c", "mã a"], key=sort_key) == ["mã a", "mà b", "ma c"]
    assert sorted(["mạ", "má", "mả", "mã", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["b", "10", "2", "a b", "ab"], key=sort_key) == ["10", "2", "a b", "ab", "b"]


def test_words():
    assert words("Chỉ thị số 18-CT/TU, 10.948 người") == [
        "chỉ",
        "thị",
        "số",
        "18",
        "ct",
        "tu",
        "10",
        "948",
        "người",
    ]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ((2016, 9, 5), "05/9/2016"),
        ((2016, 9, 15), "15/9/2016"),
        ((2020, 2, 5), "05/02/2020"),
        ((2021, 12, 1), "01/12/2021"),
    ],
)
def test_dates_are_written_as_the_decree_says(day, text):
    assert format_date(datetime.date(*day)) == text


def test_a_tag_of_several_words_is_one_tag():
    assert parse_tags("chuyển đổi số") == ["chuyển đổi số"]
    assert sorted(parse_tags("dân vận khéo, chuyển đổi số")) == ["chuyển đổi số", "dân vận khéo"]
    assert parse_tags("") == []


def test_tags_survive_the_form():
    class Named:
        def __init__(self, name):
            self.name = name

    assert parse_tags(join_tags([Named("tiếp xúc, đối thoại"), Named("bầu cử")])) == [
        "bầu cử",
        "tiếp xúc, đối thoại",
    ]


def test_the_admin_reads_vietnamese_dates_and_writes_vietnamese_numbers():
    from django.forms import DateField
    from django.utils.formats import number_format
    from django.utils.translation import override

    with override("vi"):
        assert DateField(localize=True).clean("05/9/2016") == datetime.date(2016, 9, 5)
        assert DateField(localize=True).clean("15/9/2016") == datetime.date(2016, 9, 15)
        assert number_format(10948, use_l10n=True, force_grouping=True) == "10.948"
