"""Nothing that is not public leaves by the API, through whatever door."""

import pytest
from wagtail.models import PageViewRestriction

from articles.models import (
    ArticleAttachment,
    ArticleDirective,
    DirectiveFile,
    DirectiveIssuer,
    DirectiveRelation,
    Issuer,
    PlanBasis,
    RelatedArticle,
    Sector,
)
from tests.factories import fresh, make_document, make_image

SECRET = "Bí mật chưa công bố"
ENDPOINTS = [
    "pages/", "images/", "documents/", "categories/", "issuers/", "units/", "sectors/", "tags/", "document-types/",
    "site/", "redirects/",
]  # fmt: skip


@pytest.fixture
def hidden(office):
    """A draft document with its own issuer, sector and file."""
    page = office.directive("77-CT/TU", subject=SECRET, sector=Sector.objects.create(name=f"Lĩnh vực {SECRET}"))
    page.directive_issuers = [DirectiveIssuer(issuer=Issuer.objects.create(name=f"Cơ quan {SECRET}"))]
    page.directive_files = [DirectiveFile(document=make_document("bi-mat.txt", SECRET.encode()))]
    return office.draft(office.documents, page)


def everything(client):
    """All that the API says, as text."""
    texts = []
    for endpoint in ENDPOINTS:
        texts.append(client.get(f"/api/v2/{endpoint}", {"limit": 100} if endpoint != "site/" else {}).content.decode())
    for model in ("ArticlePage", "DirectivePage", "TaskPlanPage"):
        query = {"type": f"articles.{model}", "fields": "*", "limit": 100}
        texts.append(client.get("/api/v2/pages/", query).content.decode())
    return "\n".join(texts)


def test_a_draft_leaves_no_trace(office, client, hidden):
    public = office.article("Tin công khai")
    public.body = [("paragraph", f'<p>Xem <a linktype="page" id="{hidden.pk}">văn bản kia</a>.</p>')]
    public.article_directives = [ArticleDirective(directive=hidden)]
    public = office.publish(office.news, public)
    other = office.directive("78-CT/TU")
    other.outgoing_relations = [DirectiveRelation(kind="refers", target=hidden)]
    office.publish(office.documents, other)

    text = everything(client)
    assert SECRET not in text
    assert hidden.slug not in text
    assert "bi-mat" not in text
    form = client.get(f"/api/v2/pages/{public.pk}/").json()
    assert form["body"][0]["value"] == "<p>Xem văn bản kia.</p>"
    assert form["directives"] == []
    assert client.get(f"/api/v2/pages/{hidden.pk}/").status_code == 404
    assert client.get(f"/api/v2/pages/{hidden.pk}/", {"fields": "title"}).status_code == 404
    assert client.get("/api/v2/pages/lookup/", {"path": f"/van-ban/{hidden.slug}/"}).status_code == 404
    for parameters in ({"search": SECRET}, {"reference": "77-CT/TU"}, {"ids": str(hidden.pk)}):
        answer = client.get("/api/v2/pages/", {"type": "articles.DirectivePage", **parameters}).json()
        assert answer["meta"]["total_count"] == 0
    assert client.get("/api/v2/search/", {"q": "77-CT/TU"}).json()["items"] == []
    assert client.get("/api/v2/pages/", {"descendant_of": hidden.pk}).status_code == 400
    assert client.get(f"/van-ban/{hidden.slug}/").status_code == 404


def test_a_new_draft_of_a_live_page_changes_nothing(office, api, client):
    page = office.publish(office.news, office.article("Bản đã duyệt"))
    office.revise(page, title=SECRET, lead=SECRET)
    assert SECRET not in everything(client)
    assert api(f"pages/{page.pk}/")["title"] == "Bản đã duyệt"
    assert api("search/", q="Bản đã duyệt")["items"][0]["id"] == page.pk
    # Pages with fewer words may be found; none has all of these.
    assert all(item["missing"] for item in api("search/", q=SECRET)["items"])
    assert api("pages/", search=SECRET)["items"] == []


@pytest.mark.parametrize("where", ["page", "section"])
def test_a_private_page_is_not_there(office, client, where):
    page = office.publish(office.news, office.article(SECRET, image=make_image(), image_alt="Ảnh"))
    restricted = page if where == "page" else office.news
    PageViewRestriction.objects.create(page_id=restricted.pk, restriction_type=PageViewRestriction.LOGIN)
    text = everything(client)
    assert SECRET not in text
    assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 404
    assert client.get("/api/v2/images/").json()["meta"]["total_count"] == 0


def test_sessions_are_ignored(office, client, hidden):
    client.force_login(office.users["editor"])
    assert client.get(f"/api/v2/pages/{hidden.pk}/").status_code == 404
    assert SECRET not in everything(client)


def test_an_alias_of_a_private_page_does_not_name_it(office, api):
    page = office.publish(office.news, office.article(SECRET))
    alias = page.create_alias(update_slug="ban-sao")
    PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)
    form = api(f"pages/{alias.pk}/")
    assert "alias_of" not in form["meta"]
    assert page.slug not in str(form)


def test_what_lies_below_an_unpublished_page_is_not_public(office, client):
    from home.models import StandardPage

    above = office.publish(office.home, StandardPage(title="Trên"))
    below = office.publish(above, StandardPage(title="Dưới"))
    assert client.get(f"/api/v2/pages/{below.pk}/").status_code == 200
    fresh(above).unpublish(set_expired=True)
    assert client.get(f"/api/v2/pages/{below.pk}/").status_code == 404


def test_files_are_public_while_something_public_shows_them(office, client):
    image, document = make_image(), make_document()
    page = office.article(image=image, image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    form = client.get(f"/api/v2/pages/{page.pk}/").json()
    src = form["image"]["src"].removeprefix("http://localhost")
    assert client.get(src).status_code == 200
    assert client.get(document.url).status_code == 200
    assert client.get("/media/" + image.file.name).status_code == 404, "the original stays inside"
    fresh(page).unpublish()
    assert client.get(src).status_code == 404
    assert client.get(document.url).status_code == 404
    assert client.get("/api/v2/documents/").json()["items"] == []
    client.force_login(office.users["editor"])
    assert client.get(document.url).status_code == 200


def test_a_file_dropped_by_a_new_version_is_no_longer_public(office, client):
    document = make_document()
    page = office.article()
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    office.revise(page, attachments=[])
    assert client.get(document.url).status_code == 200, "the draft changes nothing"
    office.approve(page)
    assert client.get(document.url).status_code == 404


def test_related_articles_that_are_not_public_vanish(office, api):
    draft = office.draft(office.news, office.article(SECRET))
    page = office.article("Tin")
    page.related_links = [RelatedArticle(article=draft)]
    page = office.publish(office.news, page)
    assert api(f"pages/{page.pk}/")["related_articles"] == []
    office.approve(draft)
    assert [item["title"] for item in api(f"pages/{page.pk}/")["related_articles"]] == [SECRET]


@pytest.mark.parametrize("place", ["paragraph", "table"])
def test_links_lead_to_what_is_public_wherever_they_stand(office, api, hidden, place):
    public = office.publish(office.documents, office.directive("78-CT/TU"))
    document = make_document("kem.txt")
    source = (
        f'<p><a linktype="page" id="{public.pk}">A</a> <a linktype="page" id="{hidden.pk}">B</a>'
        f' <a linktype="document" id="{document.pk}">C</a> <a linktype="page" id="²">D</a></p>'
    )
    page = office.article()
    if place == "paragraph":
        page.body = [("paragraph", source)]
    else:
        table = {"columns": [{"type": "rich_text", "heading": "Cột"}], "rows": [{"values": [source]}], "caption": ""}
        page.body = [{"type": "table", "value": table}]
    page = office.publish(office.news, page)
    value = api(f"pages/{page.pk}/")["body"][0]["value"]
    assert (value if place == "paragraph" else value["rows"][0][0]) == (
        f'<p><a href="http://localhost/van-ban/{public.slug}/">A</a> B'
        f' <a href="http://localhost{document.url}">C</a> D</p>'
    )


def test_a_relation_whose_other_end_is_deleted_vanishes(office, api, hidden):
    page = office.directive("78-CT/TU")
    page.outgoing_relations = [DirectiveRelation(kind="refers", target=hidden)]
    page = office.publish(office.documents, page)
    plan = office.plan()
    plan.basis_items = [PlanBasis(directive=hidden)]
    plan = office.publish(office.plans, plan)
    fresh(hidden).delete()
    assert api(f"pages/{page.pk}/")["relations"] == []
    assert api(f"pages/{plan.pk}/")["basis"] == []


@pytest.mark.slow
def test_hundreds_of_private_pages_are_no_burden(office, api):
    for number in range(600):
        page = office.put_live(office.news, office.article(f"Riêng {number}"))
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert api("pages/", type="articles.ArticlePage")["meta"]["total_count"] == 0
    assert api("tags/")["items"] == []
