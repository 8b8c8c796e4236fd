"""Every screen that a role can reach, in a browser, menus and dialogs and what is read out included: no English but
names, nothing that keeps somebody out (WCAG 2.2 AA), and nothing that the policy of the page refuses.
"""

import pytest

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from tests.browser.axe import violations
from tests.browser.crawl import every_screen, furnish, listen
from tests.english import COLLECT, english_in
from tests.factories import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("role", "width"), [(EDITOR, 1280), (REVIEWER, 360), (APPROVER, 360), (ADMIN, 1280)])
def test_every_screen(role, width, live_server, log_in):
    furnish(Office())
    page, english, wrong = log_in(role, width), {}, {}
    refused = listen(page)

    def visit(address):
        response = page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        assert response is None or response.status < 500, address
        if found := english_in(page.evaluate(COLLECT), set(GROUPS)):
            english[address] = found
        if found := violations(page):
            wrong[address] = found

    assert every_screen(page, live_server.url, visit) > 30
    assert english == {}
    assert wrong == {}
    assert refused == []
