"""The Content Security Policy: nothing that the site does is against it, and what others put in does not run. (Nothing
of the admin either: `test_every_screen.py` goes through every screen.)
"""

import pytest

from tests.browser.crawl import listen
from tests.factories import Office
from tests.site.conftest import build_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_the_site_does_nothing_against_it(live_server, open_page):
    paths = build_pages(Office())
    page = open_page()
    refused = listen(page)
    for path in [*paths.values(), "/tim-kiem/?q=tin", "/lien-he/", "/khong-co/", "/api/v2/docs/", "/van-ban/?nam=x"]:
        if not path.endswith(".xml"):
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
    assert refused == []


def test_what_somebody_puts_in_does_not_run(live_server, open_page):
    paths = build_pages(Office())
    page = open_page()
    refused = listen(page)

    def with_more(route):
        answer = route.fetch()
        injected = (
            '<script>window.ran = 1</script><img src="x" onerror="window.ran = 2">'
            '<base href="https://example.org/"><style>h1 { display: none }</style>'
        )
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{injected}</main>"))

    page.route("**" + paths["article"], with_more)
    page.goto(live_server.url + paths["article"])
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert page.locator("h1").first.is_visible()
    assert len(refused) >= 3


def test_what_somebody_puts_into_the_desk_does_not_run(live_server, log_in):
    office = Office()
    page = log_in("editor")
    refused = listen(page)
    address = f"/admin/pages/add/articles/articlepage/{office.news.pk}/"

    def with_more(route):
        answer = route.fetch()
        injected = '<script>window.ran = 1</script><img src="x" onerror="window.ran = 2">'
        injected += (
            '<span data-controller="portal-start" data-portal-start-name-value="eval"'
            ' data-portal-start-arguments-value="[&quot;window.ran = 3&quot;]"></span>'
        )
        route.fulfill(response=answer, body=answer.text().replace("</form>", f"</form>{injected}", 1))

    page.route("**" + address, with_more)
    page.goto(live_server.url + address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert len(refused) >= 2
    # What is Wagtail's starts all the same.
    assert page.evaluate("document.getElementById('id_category-chooser').widget.constructor.name") != "Object"
