"""WCAG 2.2 AA as axe-core sees it: every page type of the site. (The desk: `test_every_screen.py`.)"""

import pytest

from tests.browser.axe import WCAG, violations
from tests.factories import Office
from tests.site.conftest import build_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]

SITE = [*WCAG, "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_site(live_server, open_page, width, scheme):
    paths = build_pages(Office())
    del paths["sitemap.xml"], paths["sitemap-1.xml"]
    page = open_page(width=width, color_scheme=scheme)
    found = {}
    for path in [
        *paths.values(),
        "/van-ban/?loai=chi-thi",
        "/lien-he/",
        "/nguon-tin/",
        "/khong-co/",
        "/van-ban/?nam=x",
    ]:
        page.goto(live_server.url + path)
        if wrong := violations(page, SITE):
            found[path] = wrong
    assert found == {}
