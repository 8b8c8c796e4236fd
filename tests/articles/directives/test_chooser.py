"""The chooser of pages shows what tells documents apart."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.roles import EDITOR


@pytest.fixture
def documents(office):
    for number, issuer in enumerate(("Tỉnh ủy", "Ban Bí thư", "Bộ Chính trị")):
        office.put_live(
            office.documents,
            office.directive(
                "18-CT/TU", issuers=[issuer], issued_on=date(2016, 9, number + 1), subject=f"Công tác dân vận {number}"
            ),
        )
    return office


@pytest.mark.parametrize("view", ["browse", "search"])
def test_subject_issuer_and_date(documents, login, view):
    client, office = login(EDITOR), documents
    if view == "browse":
        url, data = reverse("wagtailadmin_choose_page_child", args=[office.documents.pk]), {}
    else:
        url, data = reverse("wagtailadmin_choose_page_search"), {"q": "18ct/tu"}
    answer = client.get(url, {**data, "page_type": "articles.DirectivePage"})
    # A modal comes as HTML within JSON, a list of results as HTML.
    text = answer.json()["html"] if view == "browse" else answer.content.decode()
    for shown in ("Công tác dân vận 1", "Ban Bí thư · 02/9/2016", "Tỉnh ủy · 01/9/2016"):
        assert shown in text


def test_the_issuers_of_all_rows_cost_one_query(documents, login):
    client = login(EDITOR)
    url = reverse("wagtailadmin_choose_page_child", args=[documents.documents.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url, {"page_type": "articles.DirectivePage"})
    assert sum("articles_directiveissuer" in query["sql"] for query in queries) == 1


def test_other_pages_have_nothing_there(documents, login):
    documents.publish(documents.news, documents.article())
    url = reverse("wagtailadmin_choose_page_child", args=[documents.news.pk])
    assert login(EDITOR).get(url).status_code == 200
