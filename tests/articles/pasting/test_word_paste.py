"""What is copied in Word arrives as headings, paragraphs, lists and tables; what does not is named."""

import json
from pathlib import Path

import pytest

from articles.blocks import BodyBlock
from articles.pasting.word import blocks_of
from cms.accounts.roles import EDITOR

REPORT = (Path(__file__).parent / "clipboard/word_report.html").read_text()


def test_a_report():
    pasted = blocks_of(REPORT)
    assert [block["type"] for block in pasted.blocks] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "table",
        "paragraph",
    ]
    first, text, second, _picture, table, last = (block["value"] for block in pasted.blocks)
    assert first == {"text": "I. KẾT QUẢ SÁU THÁNG", "level": "2"}
    assert text == (
        "<p>Các đơn vị đã tổ chức <b>176 cuộc đối thoại</b>, với 10.948 lượt người.</p>"
        "<ul><li>Đối thoại ở cơ sở</li><li>Giải quyết đơn thư</li></ul><ol><li>Việc thứ nhất</li></ol>"
    )
    assert second == {"text": "1. Công tác tôn giáo", "level": "3"}
    assert [column["heading"] for column in table["columns"]] == ["TT", "Nội dung", "Số liệu"]
    assert [row["values"] for row in table["rows"]] == [["1", "Cuộc đối thoại", "176"], ["Cộng", "", "176"]]
    assert last == '<p>Xem <a href="https://example.org/van-ban">văn bản</a> và cái này.</p>'


def test_what_was_not_taken_over_is_named_with_its_place():
    pasted = blocks_of(REPORT)
    assert pasted.pictures == ["Ảnh lễ ra quân"]
    sentence = pasted.sentence()
    assert (
        sentence
        == "Không đưa sang được 1 ảnh: thêm bằng khối “Ảnh” sau “Ảnh lễ ra quân”. Đã bỏ: chú thích cuối trang, ô gộp."
    )


@pytest.mark.parametrize(
    ("html", "types"),
    [
        ("<p>Một đoạn</p>", ["paragraph"]),
        ("<h2>Tên</h2>", ["heading"]),
        (f"<h2>{'dài ' * 80}</h2>", ["paragraph"]),
        ("<table><tr><td>Khung quanh chữ</td></tr></table>", ["paragraph"]),
        ("<table><tr><td colspan=x>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["table"]),
        ("<div><div><h3>Sâu</h3>chữ rời</div></div>", ["heading", "paragraph"]),
        ("<p><p><h1></h1><table></table>", []),
        ("<script>alert(1)</script><!-- gì đó -->", []),
        ("<ul><p>chữ</p><li>a<ul><li>b</li></ul></li></ul>", ["paragraph"]),
        ("<p>chữ\x00</p>", ["paragraph"]),
        ("", []),
    ],
)
def test_other_sources(html, types):
    pasted = blocks_of(html)
    assert [block["type"] for block in pasted.blocks] == types
    # Whatever comes is what the body's blocks take.
    BodyBlock().clean(BodyBlock().to_python(pasted.blocks))


def test_nothing_of_lists_within_lists_is_lost():
    value = blocks_of("<ul><p>trước</p><li>một<ol><li>hai</li></ol></li><li>ba</li></ul>").blocks[0]["value"]
    assert [word in value for word in ("trước", "một", "hai", "ba")] == [True] * 4


def test_the_editor_gets_blocks_as_its_form_has_them(office, login):
    answer = login(EDITOR).post("/admin/paste/", {"html": REPORT}).json()
    assert [block["type"] for block in answer["blocks"]][:2] == ["heading", "paragraph"]
    assert json.loads(answer["blocks"][1]["value"])["blocks"][1]["type"] == "unordered-list-item"
    assert "Ảnh lễ ra quân" in answer["message"]


def test_bad_input_is_answered(office, login):
    client = login(EDITOR)
    assert client.get("/admin/paste/").status_code == 405
    assert client.post("/admin/paste/").status_code == 400
    assert client.post("/admin/paste/", {"html": "x" * 800_001}).status_code == 413
    assert client.post("/admin/paste/", {"html": "<span>" * 5000 + "x"}).status_code == 400
    client.logout()
    assert client.post("/admin/paste/", {"html": "<p>x</p>"}).status_code == 302


def test_into_rich_text(login, office):
    answer = login(EDITOR).post("/admin/paste/", {"html": REPORT, "into": "rich_text"}).json()
    assert answer["html"].startswith("<h3>I. KẾT QUẢ SÁU THÁNG</h3><p>Các đơn vị")
    assert "<h4>1. Công tác tôn giáo</h4>" in answer["html"]
    assert "<p>TT – Nội dung – Số liệu</p><p>1 – Cuộc đối thoại – 176</p><p>Cộng – 176</p>" in answer["html"]
    assert "1 ảnh: đưa vào tệp văn bản" in answer["message"]
    assert "các cột của bảng" in answer["message"]


def test_what_stands_in_one_line_is_one_paragraph():
    html = '<span>Nghị quyết </span><b>số 5</b><span> của </span><a href="https://x.vn/">Ban</a>, ngày 1<p>Đoạn hai</p>'
    assert blocks_of(html).blocks == [
        {
            "type": "paragraph",
            "value": '<p>Nghị quyết <b>số 5</b> của <a href="https://x.vn/">Ban</a>, ngày 1</p><p>Đoạn hai</p>',
        }
    ]


def test_nothing_is_lost_within_the_items_of_a_list():
    html = "<ul><li><div>ngoài<ul><li>trong<ol><li>sâu</li></ol></li></ul></div></li></ul>"
    text = str(blocks_of(html).blocks)
    assert all(word in text for word in ("ngoài", "trong", "sâu"))
    table = "<ul><li><div>mục<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></div></li></ul>"
    assert [block["type"] for block in blocks_of(table).blocks] == ["paragraph", "table"]
