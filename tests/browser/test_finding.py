"""What editors and readers find on a phone and on a large screen: true states, the right document among like ones, old
addresses.
"""

from datetime import date

import pytest
from playwright.sync_api import expect
from wagtail.contrib.redirects.models import Redirect

from cms.accounts.roles import APPROVER, EDITOR
from cms.publishing.takedown import actions
from cms.publishing.takedown.models import TakedownKind
from tests.chromium import content_width
from tests.factories import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("width", [360, 1280]),
]


def fits(page, width):
    """Whether nothing has to be moved sideways."""
    return content_width(page) <= width


def test_states_in_explorer_search_and_editor(live_server, log_in, width):
    office = Office()
    draft = office.draft(office.news, office.article("Tin còn nháp"))
    office.submit(office.draft(office.news, office.article("Tin đã gửi")))
    hidden = office.publish(office.news, office.article("Tin bị ẩn"))
    actions.take_down(hidden, office.users[APPROVER], TakedownKind.HIDDEN, "Sai tên người")
    proposed = office.publish(office.news, office.article("Tin đề nghị gỡ"))
    actions.take_down(proposed, office.users[EDITOR], TakedownKind.ERROR, "Đăng nhầm")
    page = log_in(EDITOR, width=width)
    for address in (f"/admin/pages/{office.news.pk}/", "/admin/pages/search/?q=Tin"):
        page.goto(live_server.url + address)
        for title, words in (
            ("Tin còn nháp", "Bản nháp"),
            ("Tin đã gửi", "Chờ thẩm định"),
            ("Tin bị ẩn", "Tạm ẩn, chờ người thứ hai"),
            ("Tin đề nghị gỡ", "Đã xuất bản, chờ gỡ"),
        ):
            state = page.get_by_role("row").filter(has_text=title).get_by_text(words)
            expect(state.locator("visible=true").first).to_have_text(f"Trạng thái của trang: {words}")
        assert fits(page, width)
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    expect(page.get_by_text("Bản nháp").locator("visible=true").first).to_be_visible()
    expect(page.get_by_text("bị khóa")).to_have_count(0)


def test_the_chooser_tells_documents_apart(live_server, log_in, width):
    office = Office()
    for day, issuer in ((1, "Tỉnh ủy"), (2, "Ban Bí thư")):
        document = office.directive(
            "18-CT/TU", issuers=[issuer], issued_on=date(2016, 9, day), subject=f"Công tác dân vận {day}"
        )
        office.put_live(office.documents, document)
    plan = office.draft(office.plans, office.plan())
    page = log_in(EDITOR, width=width)
    page.goto(f"{live_server.url}/admin/pages/{plan.pk}/edit/")
    page.get_by_role("button", name="Thêm Văn bản").click()
    page.locator("#id_basis_items-0-directive-chooser [data-chooser-action-choose]").click()
    page.locator(".modal input[name=q]").fill("18ct/tu")
    right = page.locator(".modal").get_by_role("row").filter(has_text="Công tác dân vận 2")
    expect(right).to_contain_text("Ban Bí thư · 02/9/2016")
    assert fits(page, width)
    right.get_by_role("link").first.click()
    expect(page.locator("[name=basis_items-0-directive]")).not_to_have_value("")


def test_an_address_of_the_old_portal_leads_on(live_server, open_page, width):
    office = Office()
    office.publish(office.documents, office.directive("18-CT/TU"))
    Redirect.add_redirect("/Default.aspx?id=5", redirect_to="/van-ban/")
    page = open_page(width=width)
    page.goto(f"{live_server.url}/default.aspx?ID=5&utm_source=mail")
    page.wait_for_url("**/van-ban/")
    expect(page.get_by_role("link", name="Công tác dân vận")).to_be_visible()
    assert fits(page, width)
