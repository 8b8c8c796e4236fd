"""The editor's forms: what follows from what is typed, and nothing is lost."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.models import ArticleDirective, DirectivePage, Issuer
from cms.accounts.roles import EDITOR
from tests.articles.directives.test_duplicates import FORMSETS, edit_data
from tests.factories import fresh


def empty_form():
    return {f"{one}-{part}": "0" for one in FORMSETS for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}


@pytest.mark.parametrize("typed", [{}, {"subject": "Chưa rõ loại"}, {"reference_as_printed": "18 - CT/TU"}])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_draft_needs_nothing(office, login, typed, accept):
    url = reverse("wagtailadmin_pages:add", args=["articles", "directivepage", office.documents.pk])
    data = {**empty_form(), "status": "issued", **typed}
    response = login(EDITOR).post(url, data, headers={"accept": accept})
    assert response.status_code in {200, 302}
    page = DirectivePage.objects.get()
    assert page.title.startswith("Văn bản")
    assert page.subject == typed.get("subject", "")


def test_a_form_that_is_sent_while_it_is_saved_makes_one_page(office, login):
    """Wagtail's autosave does not wait for itself: submitting within a second of it sends the form of creation
    twice.
    """
    client = login(EDITOR)
    url = reverse("wagtailadmin_pages:add", args=["articles", "directivepage", office.documents.pk])
    token = client.get(url).context["form"]["creation_token"].value()
    data = {**empty_form(), "status": "issued", "document_type": "chi-thi", "creation_token": str(token)}
    client.post(url, {**data, "subject": "Tự lưu"}, headers={"accept": "application/json"})
    first = DirectivePage.objects.get()
    wrong = client.post(url, {**data, "issued_on": "31/2/2016"})
    assert "issued_on" in wrong.context["form"].errors
    assert DirectivePage.objects.get().pk == first.pk, "what is not valid replaces nothing"
    submitted = {**data, "subject": "Gửi duyệt", "reference_as_printed": "18-CT/TU", "action-submit": "1"}
    client.post(url, {**submitted, "issued_on": "15/9/2016", "nothing_secret": "on"})
    page = DirectivePage.objects.get()
    assert (page.subject, page.slug) == ("Gửi duyệt", "chi-thi-18-ct-tu-2016")
    assert page.workflow_in_progress
    late = client.post(url, {**data, "subject": "Tự lưu"}, headers={"accept": "application/json"})
    assert late.json()["success"] is False
    assert DirectivePage.objects.get().subject == "Gửi duyệt"
    assert str(client.get(url).context["form"]["creation_token"].value()) != str(token)


def test_what_has_become_of_a_first_draft_is_not_replaced(office, login):
    """Only what one autosave makes is: no revision, no page below it, nothing that others show is lost."""
    client = login(EDITOR)
    url = reverse("wagtailadmin_pages:add", args=["articles", "directivepage", office.documents.pk])
    token = str(client.get(url).context["form"]["creation_token"].value())
    data = {**empty_form(), "status": "issued", "document_type": "chi-thi", "creation_token": token}
    client.post(url, data, headers={"accept": "application/json"})
    page = DirectivePage.objects.get()
    client.post(
        reverse("wagtailadmin_pages:preview_on_add", args=["articles", "directivepage", page.get_parent().pk]), data
    )
    assert DirectivePage.objects.get().pk == page.pk, "a preview replaces nothing"
    article = office.article("Về chỉ thị")
    article.article_directives = [ArticleDirective(directive=page)]
    office.publish(office.news, article)
    response = client.post(url, data)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert DirectivePage.objects.get().pk == page.pk
    call_command("verify_publications")


@pytest.mark.parametrize("token", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_a_form_with_a_made_up_token(office, login, token):
    url = reverse("wagtailadmin_pages:add", args=["articles", "directivepage", office.documents.pk])
    data = {**empty_form(), "status": "issued", "subject": "Bản nháp", "creation_token": token}
    assert login(EDITOR).post(url, data).status_code in {200, 302}
    assert DirectivePage.objects.count() == (token != "x")


def test_a_form_with_the_token_of_another_page_leaves_it_alone(office, login):
    page = office.publish(office.documents, office.directive("18-CT/TU"))
    url = reverse("wagtailadmin_pages:add", args=["articles", "directivepage", office.documents.pk])
    data = {**empty_form(), "status": "issued", "creation_token": str(page.translation_key)}
    response = login(EDITOR).post(url, data)
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert DirectivePage.objects.get().live


def test_title_and_address_follow_until_they_are_corrected(office, login):
    office.publish(office.documents, office.directive("18-CT/TU"))
    page = office.draft(office.documents, office.directive("18-CT/TU"))
    assert page.slug == "chi-thi-18-ct-tu-2"
    client, url = login(EDITOR), reverse("wagtailadmin_pages:edit", args=[page.pk])
    derived = {name: getattr(page, name) for name in ("title", "slug", "number", "symbol", "family")}
    data = {**edit_data(page), **derived, "issued_on": "", "document_type": "nghi-dinh"}
    client.post(url, {**data, "reference_as_printed": "30/2020/NĐ-CP"})
    page = fresh(page)
    assert (page.title, page.slug) == ("Nghị định 30/2020/NĐ-CP", "nghi-dinh-30-2020-nd-cp")
    derived = {name: getattr(page, name) for name in ("title", "slug", "number", "symbol", "family")}
    data = {**data, **derived, "title": "Nghị định về công tác văn thư", "reference_as_printed": "31/2020/NĐ-CP"}
    client.post(url, data)
    page = fresh(page)
    assert (page.title, page.number) == ("Nghị định về công tác văn thư", "31/2020")


def test_an_issuer_that_is_there_already_is_pointed_out(office, login):
    Issuer.objects.create(name="Tỉnh ủy")
    client = login(EDITOR)
    url = reverse("wagtailsnippetchoosers_articles_issuer:create")
    data = {"name": "Tỉnh ủy", "level": "province", "code": ""}
    response = client.post(url, data)
    assert response.status_code == 200
    assert "Đã có mục mang tên này" in response.json()["htmlFragment"]
    assert Issuer.objects.count() == 1


def test_choosers_find_a_document_by_its_subject_without_diacritics(office, login):
    office.publish(office.documents, office.directive("18-CT/TU", subject="Lãnh đạo công tác dân vận"))
    for words in ("dân vận", "dan van", "18-CT", "chi thi"):
        response = login(EDITOR).get(
            reverse("wagtailadmin_choose_page_search"), {"q": words, "page_type": "articles.directivepage"}
        )
        assert "18-CT/TU" in response.content.decode(), words


def test_the_menu_of_an_editor_says_submit_and_withdraw(office, login):
    page = office.draft(office.documents, office.directive("18-CT/TU"))
    client, url = login(EDITOR), reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Gửi duyệt" in client.get(url).content.decode()
    office.submit(page)
    assert "Rút lại" in client.get(url).content.decode()
    office.decide(page, "reviewer", "reject", "Thiếu.")
    content = client.get(url).content.decode()
    assert "Gửi duyệt lại" in content
    assert "action-restart-workflow" not in content


def test_submitting_a_correction_of_a_live_page_says_who_acts_next(office, login):
    page = office.publish(office.documents, office.directive("18-CT/TU"))
    response = login(EDITOR).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**edit_data(page), "slug": page.slug, "change_kind": "minor", "action-submit": "1"},
        follow=True,
    )
    assert "Người có thể thực hiện: Reviewer" in response.content.decode()


def test_an_autosave_that_arrives_after_the_form_was_sent_changes_nothing(office, login):
    """The browser sends both at once; on the way the older one may fall behind."""
    client = login(EDITOR)
    url = reverse("wagtailadmin_pages:add", args=["articles", "directivepage", office.documents.pk])
    token = str(client.get(url).context["form"]["creation_token"].value())
    data = {**empty_form(), "status": "issued", "document_type": "chi-thi", "creation_token": token}
    assert client.post(url, {**data, "subject": "Bản đã gửi"}).status_code == 302
    late = client.post(url, {**data, "subject": "Bản cũ hơn"}, headers={"Accept": "application/json"})
    assert (late.status_code, late.json()["success"]) == (400, False)
    assert [page.subject for page in DirectivePage.objects.all()] == ["Bản đã gửi"]
    # Sent twice by the person, the later one counts.
    client.post(url, {**data, "subject": "Bản gửi lại"})
    assert [page.subject for page in DirectivePage.objects.all()] == ["Bản gửi lại"]
