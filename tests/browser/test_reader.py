"""What a reader meets on a cheap phone and on a large screen: filters, focus, sizes, print."""

import io
from collections import Counter

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.chromium import content_width
from tests.factories import Office
from tests.site.conftest import build_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]

# Links within a sentence are as large as their words (WCAG 2.5.8, exception "inline").
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary")].flatMap((one) => {
  const { width, height } = one.getBoundingClientRect();
  if (!width || !height || one.matches(".skip") || one.closest(".visually-hidden")) return [];
  const inline = getComputedStyle(one).display === "inline"
    && one.parentElement.textContent.trim().length > one.textContent.trim().length + 3;
  const labels = [...(one.labels ?? [])].map((label) => label.getBoundingClientRect().height);
  const wide = Math.max(width, ...[...(one.labels ?? [])].map((label) => label.getBoundingClientRect().width));
  const fits = Math.max(height, ...labels) >= 44 && wide >= 44;
  return inline || fits ? [] : [`${one.textContent.trim()} ${width} x ${height}`];
})"""
# The contrast of the ring of focus with what lies around it (WCAG 2.4.13).
RING = """(selector) => {
  const one = document.querySelector(selector);
  one.focus();
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = one.parentElement;
  while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  const style = getComputedStyle(one);
  const [dark, light] = [luminance(style.outlineColor), luminance(getComputedStyle(ground).backgroundColor)].sort();
  return style.outlineStyle === "none" ? 0 : (light + 0.05) / (dark + 0.05);
}"""


@pytest.fixture
def paths(transactional_db):
    return build_pages(Office())


def test_with_a_filter_chosen_the_results_come_first_on_a_phone(paths, live_server, open_page):
    page = open_page(width=360, height=740)
    page.goto(f"{live_server.url}/van-ban/?loai=chi-thi")
    assert page.get_by_label("Loại văn bản").is_hidden()
    assert page.get_by_text("Bộ lọc (đang chọn 1)").is_visible()
    assert page.locator(".row").first.bounding_box()["y"] < 740, "on the first screen"
    page.get_by_text("Bộ lọc (đang chọn 1)").click()
    assert page.get_by_label("Loại văn bản").input_value() == "chi-thi"
    wide = open_page(width=1280)
    wide.goto(f"{live_server.url}/van-ban/?loai=chi-thi")
    assert wide.get_by_label("Loại văn bản").is_visible()


def test_no_target_is_too_small_and_nothing_scrolls_sideways(paths, live_server, open_page):
    page = open_page(width=360)
    for name, path in paths.items():
        if not name.startswith("sitemap"):
            page.goto(live_server.url + path)
            assert page.evaluate(SMALL_TARGETS) == [], path
            assert content_width(page) == 360, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "selector", [".masthead__home", ".searchbox button", ".row a", ".searchbox input", ".footer a"]
)
def test_the_ring_of_focus_is_seen(paths, live_server, open_page, scheme, selector):
    page = open_page(color_scheme=scheme)
    page.goto(f"{live_server.url}/van-ban/")
    page.keyboard.press("Tab")
    assert page.evaluate(RING, selector) >= 3


def test_without_our_colours_everything_is_still_told(paths, live_server, open_page):
    page = open_page(forced_colors="active")
    page.goto(live_server.url + paths["plan"])
    marked = page.locator(".switch a[aria-current]").evaluate("(one) => getComputedStyle(one).borderTopWidth")
    other = page.locator(".switch a:not([aria-current])").first.evaluate(
        "(one) => getComputedStyle(one).borderTopWidth"
    )
    assert marked != other
    colours = page.locator(".bar rect").evaluate_all("(all) => all.map((one) => getComputedStyle(one).fill)")
    assert len(set(colours)) > 1


def test_the_size_that_the_reader_has_set_counts(paths, live_server, open_page):
    # The reader's own style is no matter of the page's policy.
    page = open_page(bypass_csp=True)
    page.goto(live_server.url + paths["article"])
    size = "() => parseFloat(getComputedStyle(document.querySelector('.prose')).fontSize)"
    before = page.evaluate(size)
    page.add_style_tag(content="html { font-size: 24px }")
    assert page.evaluate(size) == pytest.approx(before * 1.5)


def test_a_table_that_becomes_rows_stays_a_table_for_screen_readers(paths, live_server, open_page):
    page = open_page(width=360)
    page.goto(live_server.url + paths["plan"])
    # What the browser tells screen readers, not what its markup would mean elsewhere.
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    assert roles["table"] == 1
    assert roles["columnheader"] == 4
    assert roles["row"] >= 2
    assert roles["cell"] >= 4
    assert "role=" not in page.locator("table.tasks").evaluate("(one) => one.outerHTML")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_document_leads_on(paths, live_server, open_page, width):
    page = open_page(width=width)
    page.goto(live_server.url + paths["directive"])
    page.get_by_role("heading", name="Được nhắc đến trong").scroll_into_view_if_needed()
    page.get_by_role("link", name="Tin đủ khối").click()
    page.wait_for_url(f"**{paths['article']}")
    page.get_by_role("link", name="18-CT/TU").first.click()
    page.wait_for_url(f"**{paths['directive']}")
    page.get_by_role("link", name="Nguồn tin (RSS)").click()
    expect(page.locator('a[href="/nguon-tin/van-ban.rss"]')).to_be_visible()
    page.get_by_role("link", name="Liên hệ").first.click()
    expect(page.get_by_role("heading", name="Liên hệ")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_citation_is_copied(paths, live_server, open_page, width):
    page = open_page(width=width, permissions=["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + paths["directive"])
    page.get_by_role("button", name="Chép trích dẫn").click()
    page.get_by_role("button", name="Đã chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Chỉ thị số 18-CT/TU của Tỉnh ủy về “Công tác dân vận”"


def test_without_scripts_nothing_is_offered_that_needs_them(paths, live_server, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(live_server.url + paths["directive"])
    assert page.locator("[data-copy]").is_hidden()
    assert page.locator("[data-print]").is_hidden()
    assert page.get_by_text("Chỉ thị số 18-CT/TU của Tỉnh ủy").is_visible(), "to be copied by hand"


def printed(page):
    """The text of each printed page."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]


@pytest.mark.parametrize("name", ["directive", "article", "plan"])
def test_print(paths, live_server, open_page, name):
    page = open_page()
    page.goto(live_server.url + paths[name])
    sheets = printed(page)
    assert paths[name] in sheets[0], "the address stands in the foot"
    assert "in ngày" in sheets[0]
    text = "\n".join(sheets)
    for left_out in ("Sơ đồ cổng", "Trang chủ", "Chép trích dẫn"):
        assert left_out not in text
    if name == "directive":
        # Some fonts have no letter of a Vietnamese word in one piece, and what is read from the file has gaps then.
        first = "".join(sheets[0].split())
        assert "ĐẢNGCỘNGSẢNVIỆTNAM" in first
        assert "TỈNHỦY" in first
    if name == "plan":
        assert "Văn phòng Ban" in text
    box = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].mediabox
    assert [round(float(side)) for side in (box.width, box.height)] == [595, 842], "A4"
