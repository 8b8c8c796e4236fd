"""Filters, order, search, errors and the number of queries."""

import base64
from datetime import date

import pytest

from articles.models import Issuer
from tests.factories import fresh

DIRECTIVES = {"type": "articles.DirectivePage"}


@pytest.fixture
def register(office):
    """Three documents."""
    Issuer.objects.create(name="Bộ Chính trị", code="TW", level="central")
    return [
        office.publish(
            office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"], issued_on=date(2016, 9, 15))
        ),
        office.publish(
            office.documents,
            office.directive("120 - KL/TW", "ket-luan", issuers=["Bộ Chính trị"], issued_on=date(2016, 1, 7)),
        ),
        office.publish(
            office.documents, office.directive("59-CT/TW", issuers=["Bộ Chính trị"], subject="Hội Nông dân")
        ),
    ]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"issuer": "tinh-uy"}, [0]),
        ({"issuer": "tinh-uy,bo-chinh-tri"}, [0, 1, 2]),
        ({"level": "central"}, [1, 2]),
        ({"document_type": "ket-luan"}, [1]),
        ({"reference": "120-KL/TW"}, [1]),
        ({"reference": "số 18 – ct/tu"}, [0]),
        ({"year": "2016"}, [0, 1]),
        ({"issued_after": "2016-09-15"}, [0]),
        ({"issued_before": "2016-01-07"}, [1]),
        ({"validity": "undetermined"}, [2]),
        ({"search": "nong dan"}, [2]),
        ({"search": "chi thi", "level": "central", "order": "-issued_on"}, [2]),
        ({"order": "-issued_on"}, [0, 1, 2]),
        ({"order": "issued_on"}, [1, 0, 2]),
        ({"order": "reference"}, [1, 0, 2]),
        ({"order": "-id", "limit": "2"}, [2, 1]),
        ({"offset": "1"}, [1, 2]),
    ],
)
def test_filters_search_and_order_work_together(register, api, parameters, found):
    ids = [item["id"] for item in api("pages/", **DIRECTIVES, **parameters)["items"]]
    assert ids == [register[number].pk for number in found]


@pytest.mark.parametrize(
    ("path", "parameters", "parameter"),
    [
        ("pages/", {"foo": "1"}, "foo"),
        ("pages/", {"type": "articles.Nothing"}, "type"),
        ("pages/", {"type": "media.CustomImage"}, "type"),
        ("pages/", {"limit": "0"}, "limit"),
        ("pages/", {"limit": "101"}, "limit"),
        ("pages/", {"offset": "99999999999999999999"}, "offset"),
        ("pages/", {"offset": "-1"}, "offset"),
        ("pages/", {"search": "a\x00b"}, "search"),
        ("pages/", {"issued_after": "15/9/2016"}, "issued_after"),
        ("pages/", {"issued_after": "2016-02-30"}, "issued_after"),
        ("pages/", {"year": "16"}, "year"),
        ("pages/", {"validity": "good"}, "validity"),
        ("pages/", {"validity": "expired", "as_of": "today"}, "as_of"),
        ("pages/", {"issuer": "khong-co"}, "issuer"),
        ("pages/", {"level": "world"}, "level"),
        ("pages/", {"document_type": "CT"}, "document_type"),
        ("pages/", {"period": "2021-H3"}, "period"),
        ("pages/", {"order": "random"}, "order"),
        ("pages/", {"order": "issued_on"}, "order"),
        ("pages/", {"fields": "secret"}, "fields"),
        ("pages/", {"fields": "title("}, "fields"),
        ("pages/", {"ids": "1,,2"}, "ids"),
        ("pages/", {"child_of": "9999"}, "child_of"),
        ("pages/", {"type": "articles.ArticlePage", "issuer": "tinh-uy"}, "issuer"),
        ("pages/", {"locale": "\x00"}, "locale"),
        ("pages/lookup/", {}, "path"),
        ("pages/lookup/", {"path": "van-ban"}, "path"),
        ("pages/find/", {"html_path": "a\x00b"}, "html_path"),
        ("pages/find/", {"id": "x"}, "id"),
        ("search/", {}, "q"),
        ("search/", {"q": "a", "type": "x"}, "type"),
        ("search/", {"q": " "}, "q"),
        ("pages/", {"search": ""}, "search"),
        ("pages/", {"fields": ""}, "fields"),
        ("images/", {"order": "title"}, "order"),
        ("site/", {"limit": "1"}, "limit"),
    ],
)
def test_a_bad_value_is_a_400_that_names_the_parameter(register, client, path, parameters, parameter):
    response = client.get(f"/api/v2/{path}", parameters)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["parameter"] == parameter
    assert {"type", "title", "status", "detail"} <= problem.keys()


def test_a_parameter_given_twice_is_refused(db, client):
    assert client.get("/api/v2/pages/?limit=1&limit=2").json()["parameter"] == "limit"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_api_only_reads(db, client, method):
    response = getattr(client, method)("/api/v2/pages/")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


def test_what_is_not_there_is_a_404_problem(db, client):
    for path in ("pages/9999/", "images/9999/", "issuers/khong-co/", "pages/lookup/?path=/khong/co/"):
        response = client.get(f"/api/v2/{path}")
        assert response.status_code == 404
        assert response.json()["status"] == 404


def test_redirects_stand_in_the_lookup(office, api, client):
    from wagtail.contrib.redirects.models import Redirect

    page = office.publish(office.news, office.article())
    draft = office.draft(office.news, office.article("Nháp"))
    Redirect.add_redirect("/tin-cu", redirect_to=page)
    Redirect.add_redirect("/nhap-cu", redirect_to=draft)
    Redirect.add_redirect("/ngoai", redirect_to="https://example.org/", is_permanent=False)
    assert api("pages/lookup/", path="/tin-cu/") == {
        "kind": "redirect",
        "location": f"/tin-bai/{page.slug}/",
        "permanent": True,
    }
    assert client.get("/api/v2/pages/lookup/", {"path": "/nhap-cu/"}).status_code == 404
    assert [item["old_path"] for item in api("redirects/")["items"]] == ["/tin-cu", "/ngoai"]
    assert client.get("/tin-cu/")["Location"] == f"/tin-bai/{page.slug}/"
    assert client.get("/ngoai/").status_code == 302


@pytest.mark.parametrize("path", ["//[", "//%5Bx/", "//a%5Db[/", "//a℀b/", "//@/"])
def test_what_is_no_path_is_not_there(db, client, path):
    assert client.get("/api/v2/pages/lookup/", {"path": path}).status_code == 404


def test_redirects_of_an_old_portal_are_followed(office, api, client):
    from wagtail.contrib.redirects.models import Redirect

    page = office.publish(office.news, office.article())
    Redirect.add_redirect("/tin-cu/bai-12.html", redirect_to=page)
    Redirect.add_redirect("/Default.aspx?id=5", redirect_to="/van-ban/")
    Redirect.add_redirect("/js", redirect_to="javascript:alert(1)")
    Redirect.add_redirect("/vong", redirect_to="/vong/")
    assert client.get("/tin-cu/bai-12.html")["Location"] == f"/tin-bai/{page.slug}/"
    assert client.get("/Default.aspx?id=5")["Location"] == "/van-ban/"
    assert client.get("/Default.aspx?id=6").status_code == 404
    assert client.get("/js/").status_code == 404
    assert client.get("/vong/").status_code == 404
    assert [item["old_path"] for item in api("redirects/")["items"]] == [
        "/tin-cu/bai-12.html",
        "/Default.aspx?id=5",
        "/vong",
    ]


def test_redirects_cost_the_same_however_many(office, client, django_assert_num_queries):
    from wagtail.contrib.redirects.models import Redirect

    page = office.publish(office.news, office.article())
    for number in range(10):
        Redirect.add_redirect(f"/cu-{number}", redirect_to=page)
    client.get("/api/v2/redirects/")
    for limit in (1, 10):
        with django_assert_num_queries(2):
            client.get("/api/v2/redirects/", {"limit": limit})


@pytest.mark.parametrize("path", ["nope/", "pages/abc/", "pages/-1/", "pages/3/x/"])
def test_where_there_is_no_endpoint_is_a_404_problem(db, client, path):
    for answer in (client.get(f"/api/v2/{path}"), client.post(f"/api/v2/{path}")):
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
    assert client.get("/api/v2/pages?limit=1")["Location"] == "/api/v2/pages/?limit=1"


def test_the_base_lists_the_endpoints(db, client, api):
    found = api("")
    assert {"pages", "issuers", "changes", "snapshot", "search", "openapi.json"} <= found.keys()
    for name, address in found.items():
        path = address.partition("/api/")[2]
        parameters = {"q": "tin"} if name == "search" else {}
        assert client.get(f"/api/{path}", parameters).status_code == 200, name
    assert api("", status=400, limit=1)["parameter"] == "limit"


def full_articles(office, count):
    from articles.models import ArticleAttachment, ArticleDirective
    from tests.factories import make_document, make_image

    directive = office.publish(office.documents, office.directive(issuers=["Tỉnh ủy"]))
    for number in range(count):
        page = office.article(f"Tin {number}", image=make_image(f"anh-{number}"), image_alt="Ảnh")
        other = make_image(f"trong-bai-{number}")
        page.body = [
            ("paragraph", f'<p><a linktype="page" id="{directive.pk}">18</a></p>'),
            ("image", {"image": other, "alt": "Ảnh"}),
            ("document", make_document(f"kem-{number}.txt")),
        ]
        page.tags.add("chuyển đổi số")
        page.attachments = [ArticleAttachment(document=make_document(f"tep-{number}.txt"))]
        page.article_directives = [ArticleDirective(directive=directive)]
        yield office.publish(office.news, page)


def test_a_listing_costs_the_same_however_long_it_is(office, client, django_assert_num_queries):
    pages = list(full_articles(office, 4))
    query = {"type": "articles.ArticlePage", "fields": "*"}
    client.get("/api/v2/pages/", query)  # content types and site are remembered by Wagtail
    for limit in (1, 2, 4):
        with django_assert_num_queries(2):
            items = client.get("/api/v2/pages/", {**query, "limit": limit}).json()["items"]
        assert len(items) == limit
        assert items[0]["body"][1]["value"]["srcset"]
    with django_assert_num_queries(2):
        client.get(f"/api/v2/pages/{pages[0].pk}/")


def test_a_listing_of_documents_costs_the_same_however_long_it_is(register, client, django_assert_num_queries):
    query = {**DIRECTIVES, "fields": "*"}
    client.get("/api/v2/pages/", query)
    for limit in (1, 3):
        with django_assert_num_queries(2):
            client.get("/api/v2/pages/", {**query, "limit": limit})


def test_a_short_listing_loads_nothing_more(register, client, django_assert_num_queries):
    client.get("/api/v2/pages/")
    with django_assert_num_queries(2):
        client.get("/api/v2/pages/", DIRECTIVES)


def walk(api, **query):
    """The ids of all items, read by cursor; `between` is called after each portion."""
    between, seen, cursor = query.pop("between", lambda: None), [], {}
    while True:
        answer = api("pages/", limit=2, **query, **cursor)
        seen += [item["id"] for item in answer["items"]]
        if answer["meta"]["next_cursor"] is None:
            return seen
        cursor = {"cursor": answer["meta"]["next_cursor"]}
        between()


ORDERS = [
    "id",
    "title",
    "-title",
    "slug",
    "-slug",
    "first_published_at",
    "-last_published_at",
    "issued_on",
    "-issued_on",
    "reference",
    "expires_on",
]


@pytest.mark.parametrize("order", ORDERS)
def test_reading_by_cursor_gives_what_reading_by_offset_gives(register, api, order):
    query = {**DIRECTIVES, "order": order}
    expected = [item["id"] for item in api("pages/", **query, limit=100)["items"]]
    assert len(expected) >= 3
    assert walk(api, **query) == expected


def test_a_cursor_is_not_shifted_by_what_happens_meanwhile(office, api):
    pages = [office.put_live(office.news, office.article(f"Tin {number}")) for number in range(7)]
    left = iter(pages)

    def happen():
        """What was read before goes, which would shift an offset; one comes at the end, once."""
        page = next(left)
        fresh(page).unpublish()
        if page is pages[0]:
            office.put_live(office.news, office.article("Mới"))

    seen = walk(api, type="articles.ArticlePage", order="id", between=happen)
    assert {page.pk for page in pages} <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "parameters",
    [
        {"cursor": "x"},
        {"cursor": "W10"},
        {"cursor": "WyJpZCIsIngiLDFd"},
        {"cursor": "WyJpZCIsMSwxXQ", "offset": "2"},
        {"cursor": "WyJpZCIsMSwxXQ", "order": "title"},
        {"cursor": "WyJpZCIsMSwxXQ", "search": "tin"},
        {"cursor": "WyJpZCIsMSx0cnVlXQ=="},
        {"cursor": base64.b64encode(b"[" * 2900).decode()},
        {"cursor": base64.b64encode(b'["title","\\ud800",1]').decode(), "order": "title"},
    ],
)
def test_a_cursor_that_was_not_given_here(office, api, parameters):
    assert api("pages/", status=400, **parameters)["parameter"] == "cursor"


@pytest.mark.parametrize("fields", ["a(" * 1900, "title(", "title(id)", "parent(*)"])
def test_fields_have_no_fields(office, api, fields):
    assert api("pages/", status=400, fields=fields)["parameter"] == "fields"


def test_files_are_read_by_cursor_too(office, api):
    from articles.models import ArticleAttachment
    from tests.factories import make_document

    page = office.article("Có tệp")
    page.attachments = [
        ArticleAttachment(document=make_document(f"tep-{number}.txt", b"tep %d" % number)) for number in range(3)
    ]
    office.publish(office.news, page)
    first = api("documents/", limit=2)
    rest = api("documents/", limit=2, cursor=first["meta"]["next_cursor"])
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 3
    assert rest["meta"]["next_cursor"] is None


def counts(api, name, **query):
    """The counts of one facet, by code."""
    return {one["code"]: one["count"] for one in api("pages/", facets=name, **query)["meta"]["facets"][name]}


def test_facets_count_what_each_value_would_keep(register, api):
    for name in ("issuer", "document_type", "level", "year"):
        found = counts(api, name, **DIRECTIVES)
        assert found, name
        for code, count in found.items():
            assert api("pages/", **DIRECTIVES, **{name: code})["meta"]["total_count"] == count, (name, code)


def test_facets_go_with_search_and_other_filters_and_ignore_their_own(register, api):
    everything = counts(api, "document_type", **DIRECTIVES)
    one = next(iter(everything))
    assert counts(api, "document_type", **DIRECTIVES, document_type=one) == everything
    for code, count in counts(api, "document_type", **DIRECTIVES, search="dân vận").items():
        found = api("pages/", **DIRECTIVES, search="dân vận", document_type=code)["meta"]["total_count"]
        assert found == count
    assert "facets" not in api("pages/")["meta"]


@pytest.mark.parametrize(
    "parameters", [{"facets": "x"}, {"facets": "validity"}, {"facets": "issuer", "type": "articles.ArticlePage"}]
)
def test_facets_that_there_are_not(register, api, parameters):
    assert api("pages/", status=400, **parameters)["parameter"] == "facets"
