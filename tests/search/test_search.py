"""Search finds what is public, accents or not, the same on both databases."""

import pytest


@pytest.fixture
def pages(office):
    return {
        "accented": office.publish(office.news, office.article("Đối thoại với nông dân", lead="Ở Bảo Thắng.")),
        "plain": office.publish(office.news, office.article("Doi thoai khong dau", lead="Chu khong dau.")),
        "directive": office.publish(office.documents, office.directive("18-CT/TU", subject="Công tác dân vận")),
    }


def titles(api, **parameters):
    return [item["title"] for item in api("search/", **parameters)["items"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("đối thoại", "Đối thoại với nông dân"),
        ("doi thoai nong dan", "Đối thoại với nông dân"),
        ("BẢO THẮNG", "Đối thoại với nông dân"),
        ("doi thoai khong dau", "Doi thoai khong dau"),
        ("18-CT/TU", "Chỉ thị 18-CT/TU"),
        ("18 - ct/tu", "Chỉ thị 18-CT/TU"),
        ("chi thi 18", "Chỉ thị 18-CT/TU"),
        ("dan van", "Chỉ thị 18-CT/TU"),
    ],
)
def test_found_with_and_without_diacritics(pages, api, query, first):
    assert titles(api, q=query)[0] == first


def test_an_accented_match_comes_first(pages, api):
    assert titles(api, q="đối thoại") == ["Đối thoại với nông dân", "Doi thoai khong dau"]
    assert titles(api, q="doi thoai")[0] == "Doi thoai khong dau"


def test_quotes_ask_for_a_phrase(pages, api):
    assert titles(api, q='"thoại với nông"') == ["Đối thoại với nông dân"]
    assert titles(api, q='"nông thoại"') == []


@pytest.mark.parametrize("query", ['"', "' OR 1=1 --", "NEAR(", "a & b | !c:*", "-", "* AND *", "()", "đ" * 500])
def test_no_input_breaks_it(pages, api, query):
    assert api("search/", q=query)["meta"]["total_count"] >= 0


def test_results_carry_what_a_list_shows(pages, api):
    item = api("search/", q="dân vận", type="articles.DirectivePage")["items"][0]
    assert item["reference"] == "18-CT/TU"
    assert item["summary"] == "Công tác dân vận"
    assert item["date"] is None


def test_what_is_taken_down_is_found_no_longer(pages, api, office):
    from tests.factories import fresh

    fresh(pages["directive"]).unpublish()
    assert titles(api, q="18-CT/TU") == []


def test_order_by_title_is_the_vietnamese_alphabet(office, api):
    for title in ("Ước mơ", "Đa dạng", "Dân vận", "Ăn", "An"):
        office.publish(office.news, office.article(title))
    items = api("pages/", type="articles.ArticlePage", order="title")["items"]
    assert [item["title"] for item in items] == ["An", "Ăn", "Dân vận", "Đa dạng", "Ước mơ"]


def test_each_of_many_is_found_once_however_far_down(office, api, monkeypatch):
    # On a real site it takes thousands of matches until not all of them are ranked by all of their text.
    monkeypatch.setattr("search.ranking.MIN_RESULTS", 1)
    monkeypatch.setattr("search.ranking.RERANKED", 2)
    monkeypatch.setattr("search.postgresql.CLOSELY_RANKED", 3)
    made = [office.publish(office.news, office.article(f"Hội nghị {number}", lead="Dân vận")) for number in range(9)]
    found = [
        item["id"]
        for offset in range(0, 9, 2)
        for item in api("search/", q="hội nghị", offset=offset, limit=2)["items"]
    ]
    assert len(found) == 9
    assert set(found) == {page.pk for page in made}
