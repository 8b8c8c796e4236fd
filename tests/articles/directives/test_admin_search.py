"""References as they are typed find their document in explorer, search and choosers of the admin."""

import pytest
from django.urls import reverse

from articles.models import DirectivePage
from cms.accounts.roles import EDITOR

SPELLINGS = [
    "18-CT/TU",
    "18 - CT/TU",
    "18ct/tu",
    "ct18",
    "chỉ thị 18",
    "Chỉ thị số 18-CT/TU ngày 15/9/2016",
    "chi thi 18",
]


@pytest.fixture
def documents(office):
    wanted = office.draft(office.documents, office.directive("18-CT/TU", subject="Công tác hòa giải"))
    office.draft(office.documents, office.directive("180-CT/TU", subject="Việc khác"))
    office.draft(office.documents, office.directive("18-KH/TU", "ke-hoach", subject="Kế hoạch khác"))
    office.draft(office.news, office.article("Mười tám năm"))
    return wanted


@pytest.mark.parametrize("typed", SPELLINGS)
def test_spellings(documents, login, typed):
    client = login(EDITOR)
    for address in (
        reverse("wagtailadmin_explore", args=[documents.get_parent().pk]),
        reverse("wagtailadmin_explore", args=[documents.get_parent().get_parent().pk]),
        reverse("wagtailadmin_choose_page_search"),
    ):
        content = client.get(address, {"q": typed}).content.decode()
        assert "Chỉ thị 18-CT/TU" in content, address
        assert "180-CT/TU" not in content, address
        assert "Kế hoạch 18-KH/TU" not in content, address


def test_what_names_no_document_of_ours_is_asked_as_typed(documents, login):
    client = login(EDITOR)
    content = client.get(
        reverse("wagtailadmin_explore", args=[documents.get_parent().get_parent().pk]), {"q": "hòa giải"}
    ).content.decode()
    assert "Chỉ thị 18-CT/TU" in content
    assert (
        "Chỉ thị 18-CT/TU"
        not in client.get(
            reverse("wagtailadmin_explore", args=[documents.get_parent().get_parent().pk]), {"q": "99-NQ/TW"}
        ).content.decode()
    )
    assert list(DirectivePage.objects.search("hòa giải")) == [documents]


def test_a_save_looks_at_the_titles_of_what_it_saves(documents, office):
    """modelsearch weighs by the average length of all titles, and would read them all with each save."""
    from django.db import connection
    from django.db.models.functions import Length
    from django.test.utils import CaptureQueriesContext
    from modelsearch.models import IndexEntry

    before = dict(IndexEntry.objects.values_list("pk", "title_norm"))
    with CaptureQueriesContext(connection) as queries:
        page = office.draft(office.news, office.article("Một tin có tên dài hơn những tin khác nhiều"))
    assert [query["sql"] for query in queries if "AVG(" in query["sql"]] == []
    after = dict(IndexEntry.objects.values_list("pk", "title_norm"))
    assert {pk: after[pk] for pk in before} == before
    own = IndexEntry.objects.annotate(length=Length("title")).get(object_id=str(page.pk))
    assert own.title_norm * own.length == pytest.approx(10 if connection.vendor == "postgresql" else 50)
