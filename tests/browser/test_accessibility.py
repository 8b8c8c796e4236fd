"""WCAG 2.2 AA as axe-core sees it: every page type of the site, and every screen of the desk that a role reaches."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from tests.browser.crawl import every_screen, furnish
from tests.factories import Office
from tests.site.conftest import build_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SITE = [*WCAG, "best-practice"]


def violations(page, tags):
    """What axe-core finds on `page`: the rule and the first place of each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


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


@pytest.mark.parametrize(("role", "width"), [(EDITOR, 1280), (REVIEWER, 360), (APPROVER, 360), (ADMIN, 1280)])
def test_the_desk(live_server, log_in, role, width):
    furnish(Office())
    page, found = log_in(role, width), {}

    def visit(address):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        if wrong := violations(page, WCAG):
            found[address] = wrong

    assert every_screen(page, live_server.url, visit) > 30
    assert found == {}
