"""Reading references in the spellings seen in the wild."""

import pytest

from articles.directives.reference_numbers import parse_reference, reference_key


@pytest.mark.parametrize(
    ("printed", "reference", "number", "symbol", "family"),
    [
        ("18-CT/TU", "18-CT/TU", "18", "CT/TU", "party"),
        ("120 - KL/TW", "120-KL/TW", "120", "KL/TW", "party"),
        ("17 - ĐA/TU", "17-ĐA/TU", "17", "ĐA/TU", "party"),
        ("17-ÐA/TU", "17-ĐA/TU", "17", "ĐA/TU", "party"),
        ("9–CT/TU", "09-CT/TU", "09", "CT/TU", "party"),
        ("số: 234-CV/BTGTU", "234-CV/BTGTU", "234", "CV/BTGTU", "party"),
        ("16-CT/TTg", "16-CT/TTg", "16", "CT/TTg", "party"),
        ("16/CT-TTg", "16/CT-TTg", "16", "CT-TTg", "state"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP", "30/2020", "NĐ-CP", "state"),
        ("91/2025/QH15", "91/2025/QH15", "91/2025", "QH15", "state"),
        ("3089/BGDĐT-GDTrH", "3089/BGDĐT-GDTrH", "3089", "BGDĐT-GDTrH", "state"),
        ("4216 / UBND - NC", "4216/UBND-NC", "4216", "UBND-NC", "state"),
    ],
)
def test_spellings(printed, reference, number, symbol, family):
    parsed = parse_reference(printed)
    assert str(parsed) == reference
    assert (parsed.number, parsed.symbol, parsed.family) == (number, symbol, family)


@pytest.mark.parametrize("text", ["", "17", "Chỉ thị số 17", "TCVN 9001-2015", "3/4", "số 12/3 đường"])
def test_what_is_no_reference(text):
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("17 - ĐA/TU", "17-DA/TU"), ("18-CT/TU", "18-ct/tu"), ("9-CT/TU", "09-CT/TU"), ("QĐ 1", "qd1")],
)
def test_keys_forgive_spelling(one, other):
    assert reference_key(one) == reference_key(other)


def test_keys_do_not_correct():
    """What is printed wrongly is not silently another document's reference."""
    assert reference_key("16-CT/TTg") != reference_key("16/CT-TTg")
