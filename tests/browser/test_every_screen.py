"""Every screen that a role can reach, in a browser, menus and dialogs and what is read out included: no English but
names, nothing that keeps somebody out (WCAG 2.2 AA), and nothing that the policy of the page refuses.
"""

from functools import partial

import pytest

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from tests.browser.axe import violations
from tests.browser.crawl import every_screen, furnish, listen, pattern
from tests.english import COLLECT, english_in
from tests.factories import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("roles", "width"), [((EDITOR, ADMIN), 1280), ((APPROVER, REVIEWER), 360)])
def test_every_screen(roles, width, live_server, log_in):
    furnish(Office())
    english, wrong, refused, looked_at = {}, {}, [], set()

    def visit(page, address):
        response = page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        assert response is None or response.status < 500, address
        if found := english_in(page.evaluate(COLLECT), set(GROUPS)):
            english[page, address] = found
        # axe takes longer than all the rest: a screen that two roles have is looked at once.
        if pattern(address) not in looked_at and (found := violations(page)):
            wrong[address] = found
        looked_at.add(pattern(address))

    for role in roles:
        page = log_in(role, width)
        heard = listen(page)
        assert every_screen(page, live_server.url, partial(visit, page)) > 30
        refused += heard
    assert english == {}
    assert wrong == {}
    assert refused == []
