"""Pages that the office promotes for certain words stand above the results; two people decide which."""

from django.urls import reverse

from cms.accounts.roles import ADMIN, APPROVER
from cms.publishing.proposals.actions import agree
from cms.publishing.proposals.models import Proposal
from home.models import PromotedResult, SearchSettings
from tests.forms import filled
from tests.publishing.proposals.test_roles import the_proposal


def propose(client, site, queries, page):
    url = reverse("wagtailsettings:edit", args=["home", "searchsettings", site.pk])
    row = {"queries": queries, "page": page.pk, "id": "", "ORDER": "1", "DELETE": ""}
    data = {f"promoted_results-0-{name}": value for name, value in row.items()}
    data |= {"promoted_results-TOTAL_FORMS": 1}
    return client.post(url, {**filled(client.get(url), "promoted_results-TOTAL_FORMS"), **data}, follow=True)


def test_two_people_promote_a_page(office, login, api, client):
    page, site = office.publish(office.news, office.article("Lịch tiếp công dân")), office.home.get_site()
    propose(login(ADMIN), site, "Gặp lãnh đạo, tiếp dân", page)
    assert api("search/", q="tiếp dân")["meta"]["promoted"] == []
    shown = client.get(reverse("proposal", args=[the_proposal().pk])).content.decode()
    assert "Gặp lãnh đạo, tiếp dân" in shown
    assert "Lịch tiếp công dân" in shown
    agree(the_proposal(), office.users[APPROVER])
    for typed in ("tiếp dân", "TIEP  DAN", "gặp lãnh đạo"):
        assert [one["id"] for one in api("search/", q=typed)["meta"]["promoted"]] == [page.pk]
    assert api("search/", q="dân")["meta"]["promoted"] == []
    assert api("search/", q="tiếp dân", offset=20)["meta"]["promoted"] == []
    answer = client.get("/tim-kiem/", {"q": "gap lanh dao"}).content.decode()
    assert answer.index("Có phải bạn tìm") < answer.index("Lịch tiếp công dân")


def test_what_is_hidden_is_not_promoted(office, api):
    page, site = office.publish(office.news, office.article("Lịch tiếp công dân")), office.home.get_site()
    settings = SearchSettings.for_site(site)
    settings.promoted_results = [PromotedResult(queries="lịch", page=page.page_ptr)]
    settings.save()
    assert api("search/", q="lịch")["meta"]["promoted"]
    page.unpublish()
    assert api("search/", q="lịch")["meta"]["promoted"] == []


def test_words_without_a_letter_are_refused(office, login):
    page = office.publish(office.news, office.article())
    response = propose(login(ADMIN), office.home.get_site(), " ,, …", page)
    assert "ít nhất một từ" in response.content.decode()
    assert not Proposal.objects.exists()
