"""Lists of the admin ask once for all their rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from tests.factories import make_document, make_image

# In all lists but one: what is found in a section says for each row where it stands.
MOST = 40
MOST_OF = {"search of a section": 42}


def fill(office, count):
    """So many pages of each state that a list shows."""
    for number in range(count):
        office.publish(office.news, office.article(f"Tin đã đăng {number}"))
        office.draft(office.news, office.article(f"Tin nháp {number}"))
        for name, steps in (("chờ thẩm định", ()), ("chờ duyệt", (REVIEWER,))):
            page = office.draft(office.news, office.article(f"Tin {name} {number}"))
            office.submit(page)
            for role in steps:
                office.decide(page, role)
        make_image(f"Ảnh {number}", colour=(number, 0, 0))
        make_document(f"tep-{number}.txt", f"nội dung {number}".encode())


def addresses(office, role=EDITOR):
    files = {"images": reverse("wagtailimages:index"), "documents": reverse("wagtaildocs:index")}
    return (files if role == EDITOR else {}) | {
        "explorer": reverse("wagtailadmin_explore", args=[office.news.pk]),
        "search": reverse("wagtailadmin_pages:search") + "?q=tin",
        "search of a section": reverse("wagtailadmin_explore", args=[office.news.pk]) + "?q=tin",
        "articles": reverse("wagtailadmin_pages:type_use", args=["articles", "articlepage"]),
        "first page": reverse("wagtailadmin_home"),
        "page chooser": reverse("wagtailadmin_choose_page_child", args=[office.news.pk]),
    }


def asked(client, address):
    """How many queries an answer costs, what is kept by the process aside."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", [EDITOR, APPROVER])
def test_a_list_costs_the_same_however_long_it_is(office, login, role):
    fill(office, 2)
    before = {name: asked(login(role), address) for name, address in addresses(office, role).items()}
    fill(office, 3)
    after = {name: asked(login(role), address) for name, address in addresses(office, role).items()}
    assert {name: (before[name], after[name]) for name in after if after[name] > before[name]} == {}
    assert {name: count for name, count in after.items() if count > MOST_OF.get(name, MOST)} == {}


def test_the_chooser_knows_where_a_page_stands(office, login):
    page = office.publish(office.news, office.article("Tin"))
    answer = login(EDITOR).get(addresses(office)["page chooser"]).json()["html"]
    row = next(line for line in answer.split("<a ") if f'data-id="{page.pk}"' in line)
    assert f'data-parent-id="{office.news.pk}"' in row
    assert f'data-edit-url="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"' in row


def test_the_search_counts_pages(office, login):
    for number in range(2):
        office.draft(office.news, office.article(f"Tin {number}"))
    content = " ".join(login(EDITOR).get(addresses(office)["search"]).content.decode().split())
    # With the section itself.
    assert "1-3 trong số 3 trang" in content


def test_a_row_offers_to_delete_what_nothing_holds(office, login):
    free = office.draft(office.news, office.article("Tin nháp"))
    held = office.draft(office.news, office.article("Tin chờ duyệt"))
    office.submit(held)
    live = office.publish(office.news, office.article("Tin đã đăng"))
    content = login(EDITOR).get(addresses(office)["explorer"]).content.decode()
    offered = [
        page.title for page in (free, held, live) if reverse("wagtailadmin_pages:delete", args=[page.pk]) in content
    ]
    assert offered == ["Tin nháp"]
