"""A redirect leads to a page, to another site or to a path of our own."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.accounts.roles import ADMIN, REVIEWER
from cms.publishing.proposals.actions import agree
from cms.publishing.proposals.models import Proposal

ADD = reverse("wagtailredirects:add")


def add(client, link, old="/cu"):
    return client.post(
        ADD, {"old_path": old, "redirect_link": link, "redirect_page": "", "site": "", "is_permanent": "on"}
    )


@pytest.mark.parametrize("link", ["/van-ban/?year=2016", "https://example.org/trang"])
def test_a_path_of_ours_and_another_site(office, login, client, link):
    assert add(login(ADMIN), link).status_code == 302
    for proposal in Proposal.objects.all():
        agree(proposal, office.users[REVIEWER])
    assert Redirect.objects.get().redirect_link == link
    answer = client.get("/cu")
    assert answer.status_code == 301
    assert answer.url == link
    redirect = Redirect.objects.get()
    edited = client.post(
        reverse("wagtailredirects:edit", args=[redirect.pk]),
        {"old_path": "/cu", "redirect_link": "/so-do/", "redirect_page": "", "site": "", "is_permanent": "on"},
    )
    assert edited.status_code == 302
    redirect.refresh_from_db()
    assert redirect.redirect_link == "/so-do/"


@pytest.mark.parametrize("link", ["//example.org/", "van-ban", "javascript:alert(1)", "/a b", "ftp://example.org/"])
def test_what_leads_nowhere_is_an_error_at_the_field(office, login, link):
    response = add(login(ADMIN), link)
    assert response.status_code == 200
    assert "redirect_link" in response.context["form"].errors
    assert not Redirect.objects.exists()


def test_a_redirect_to_itself(office, login):
    assert "redirect_link" in add(login(ADMIN), "/cu/").context["form"].errors
