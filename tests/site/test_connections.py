"""No dead ends: what refers to a document or a plan, why something is missing, how it is cited."""

from datetime import date

import pytest

from articles.models import ArticleDirective, DirectiveRelation, PlanBasis
from cms.accounts.roles import REVIEWER
from cms.store.models import Change
from cms.store.projection import backlinks
from cms.store.projector import newest
from home.models import StandardPage
from tests.factories import fresh


def link(page):
    return [("paragraph", f'<p>Xem <a linktype="page" id="{page.pk}">văn bản</a>.</p>')]


@pytest.fixture
def cited(office):
    """A document to which public pages of every kind refer, and a draft."""
    document = office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"]))
    attached = office.article("Tin đính kèm")
    attached.article_directives = [ArticleDirective(directive=document)]
    office.publish(office.news, attached)
    office.publish(office.news, office.article("Tin có liên kết", body=link(document)))
    plan = office.plan("Kế hoạch căn cứ")
    plan.basis_items = [PlanBasis(directive=document)]
    office.publish(office.plans, plan)
    text = f'<p>Theo <a linktype="page" id="{document.pk}">chỉ thị</a>.</p>'
    office.publish(office.documents, office.directive("05-HD/BDVTU", "huong-dan", body=text))
    related = office.directive("07-KH/TU", "ke-hoach")
    related.outgoing_relations = [DirectiveRelation(kind="implements", target=document)]
    office.publish(office.documents, related)
    office.publish(office.home, StandardPage(title="Giới thiệu", body=link(document)))
    office.draft(office.news, office.article("Tin còn nháp", body=link(document)))
    return document


def titles(api, page):
    return [one["title"] for one in api(f"pages/{page.pk}/")["cited_by"]]


def test_a_document_names_the_public_pages_that_refer_to_it(cited, api):
    assert titles(api, cited) == [
        "Giới thiệu",
        "Hướng dẫn 05-HD/BDVTU",
        "Kế hoạch căn cứ",
        "Tin có liên kết",
        "Tin đính kèm",
    ], "newest first; what is related stands in the relations; a draft is nobody's business"
    relations = api(f"pages/{cited.pk}/")["relations"]
    assert [one["document"]["title"] for one in relations] == ["Kế hoạch 07-KH/TU"]


def test_drafts_take_no_place_from_public_pages(office, api, monkeypatch):
    monkeypatch.setattr(backlinks, "MAX_CITING", 1)
    document = office.publish(office.documents, office.directive())
    office.publish(office.news, office.article("Tin đã đăng", body=link(document)))
    office.draft(office.news, office.article("Nháp mới hơn", body=link(document)))
    assert titles(api, document) == ["Tin đã đăng"]
    office.publish(office.news, office.article("Tin mới hơn", body=link(document)))
    assert titles(api, document) == ["Tin mới hơn"]


def test_only_a_detail_has_them(cited, api):
    items = api("pages/", type="articles.DirectivePage", fields="*")["items"]
    assert all("cited_by" not in item for item in items)
    assert api("pages/", status=400, type="articles.DirectivePage", fields="cited_by")["parameter"] == "fields"


def test_the_site_shows_them_by_kind(cited, client):
    page = client.get(cited.get_url()).content.decode()
    places = [page.index(text) for text in ("Được nhắc đến trong", "Tin đính kèm", "Kế hoạch căn cứ", "Giới thiệu")]
    assert places == sorted(places)
    assert "Tin còn nháp" not in page


def test_other_apps_are_told_when_somebody_refers_to_a_document(cited, office, api):
    newest()
    seq = Change.objects.latest("seq").seq
    office.publish(office.news, office.article("Tin sau", body=link(cited)))
    newest()
    told = Change.objects.filter(seq__gt=seq, key=str(cited.pk)).values_list("kind", flat=True)
    assert list(told) == ["related"]
    assert titles(api, cited)[0] == "Tin sau"


def test_a_draft_of_a_live_page_changes_nothing(cited, office, api):
    before = titles(api, cited)
    page = office.publish(office.news, office.article("Tin sẽ đổi"))
    office.revise(page, body=link(cited))
    assert titles(api, cited) == before
    office.submit(fresh(page))
    office.decide(page, REVIEWER)
    assert titles(api, cited) == before


def test_an_article_leads_to_the_plan_and_the_plan_back(office, api, client):
    plan = office.publish(office.plans, office.plan("Nhiệm vụ sáu tháng cuối năm", "2021-H2"))
    article = office.publish(office.news, office.article("Sáu tháng đầu năm", body=link(plan)))
    assert titles(api, plan) == ["Sáu tháng đầu năm"]
    assert article.get_url() in client.get(plan.get_url()).content.decode()
    assert plan.get_url() in client.get(article.get_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "chưa có tệp điện tử và toàn văn"),
        ({"body": "<p>Toàn văn.</p>"}, "toàn văn ở bên dưới"),
        ({"status": "draft"}, "Đây là dự thảo"),
        ({"availability_note": "Chỉ có bản giấy, lưu tại Văn phòng."}, "Chỉ có bản giấy, lưu tại Văn phòng."),
    ],
)
def test_a_document_says_why_something_is_missing(office, client, fields, says):
    document = office.publish(office.documents, office.directive(**fields))
    assert says in client.get(document.get_url()).content.decode()


def test_the_citation_is_as_decree_30_has_it(office, client):
    document = office.directive(
        "18 - CT/TU", issuers=["Tỉnh ủy"], issued_on=date(2016, 9, 5), subject="Công tác dân vận"
    )
    document = office.publish(office.documents, document)
    page = client.get(document.get_url()).content.decode()
    assert "Chỉ thị số 18-CT/TU ngày 05 tháng 9 năm 2016 của Tỉnh ủy về “Công tác dân vận”" in page
    unknown = office.publish(office.documents, office.directive("", "ket-luan", subject="Việc khác"))
    assert ">Kết luận về “Việc khác”<" in client.get(unknown.get_url()).content.decode()
