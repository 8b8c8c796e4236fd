"""The public site shows every page type, in both transports, and answers bad addresses kindly."""

import time

import pytest
from django.test import Client
from wagtail.models import Site

from home.models import MenuItem, SiteSettings
from home.site import content
from home.site.templatetags import site as tags
from tests.factories import Office
from tests.site.conftest import build_pages

SHOWN = {
    "home": "Tin đủ khối",
    "news": "Tin đủ khối",
    "documents": "18-CT/TU",
    "plans": "Nhiệm vụ quý III",
    "article": "10.948",
    "directive": "Điều lệ Đảng",
    "plan": "Việc một",
    "standard": "Về Ban.",
    "search": "Chỉ thị 18-CT/TU",
    "sitemap": "Giới thiệu",
    "sitemap.xml": "/sitemap-1.xml",
    "sitemap-1.xml": "/van-ban/chi-thi-18-ct-tu/",
}


def test_every_page_type_is_shown(paths, client):
    for name, path in paths.items():
        response = client.get(path)
        assert response.status_code == 200, path
        assert SHOWN[name] in response.content.decode(), path


@pytest.mark.django_db(transaction=True)
def test_the_whole_site_runs_over_http_without_a_database(live_server, settings, blocked_database):
    paths = build_pages(Office())
    here = {name: Client().get(path).content for name, path in paths.items()}
    settings.CONTENT_API_URL = live_server.url
    blocked_database()
    for name, path in paths.items():
        response = Client().get(path)
        assert response.status_code == 200, path
        assert response.content == here[name], f"{path}: both transports give the same"
    assert Client().get("/khong-co/").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/khong-co/", 404, "Không có trang nào"),
        ("/van-ban/?trang=99", 404, "Không có trang nào"),
        ("/van-ban/?trang=abc", 404, "Không có trang nào"),
        ("/van-ban/?nam=abc", 400, "Bộ lọc “Năm”"),
        ("/van-ban/?loai=xyz", 400, "Bộ lọc “Loại văn bản”"),
        ("/van-ban/?tu-ngay=31/2/2016", 400, "Bộ lọc “Ban hành từ ngày”"),
        ("/van-ban/?tu-ngay=15/9/2016", 200, 'value="2016-09-15"'),
        ("/tim-kiem/?q=a&loai=xyz", 400, "Bộ lọc"),
        ("/van-ban/?q=khongcogi", 200, "Không có kết quả phù hợp"),
        ("/tim-kiem/", 200, "Tìm kiếm"),
        ("/?utm_source=x", 200, "Tin đủ khối"),
    ],
)
def test_bad_addresses_get_a_friendly_page(paths, client, path, status, text):
    response = client.get(path)
    assert response.status_code == status
    assert text in response.content.decode()


def test_a_dead_api_gives_a_page_that_says_so(db, client, settings):
    settings.CONTENT_API_URL = "http://127.0.0.1:1"
    response = client.get("/van-ban/")
    assert response.status_code == 503
    assert "Xin thử lại" in response.content.decode()


def test_filters_are_shown_as_chips_that_can_be_taken_away(paths, client):
    content = client.get("/van-ban/?loai=chi-thi&co-quan=tinh-uy").content.decode()
    assert 'href="?co-quan=tinh-uy"' in content
    assert 'href="?loai=chi-thi"' in content
    assert "1 kết quả" in content


def test_listings_have_pages(client, db):
    office = Office()
    for number in range(11):
        office.publish(office.news, office.article(f"Tin {number}"))
    content = client.get("/tin-bai/").content.decode()
    assert 'href="?trang=2"' in content
    assert client.get("/tin-bai/?trang=2").content.decode().count('class="row"') == 1


def test_unknown_facts_are_called_unknown(db, client):
    office = Office()
    page = office.publish(office.documents, office.directive("18 - CT/TW", subject="Công tác tôn giáo"))
    content = client.get(f"/van-ban/{page.slug}/").content.decode()
    assert content.count("không rõ") >= 3
    assert "bản in ghi" in content


@pytest.mark.parametrize(
    ("size", "text"), [(None, ""), (0, "0 B"), (420_000, "420 kB"), (1_500_000, "1,5 MB"), (12_300_000, "12 MB")]
)
def test_file_sizes(size, text):
    assert tags.filesize(size) == text


def test_numbers_dates_and_addresses():
    assert tags.number(10948) == "10.948"
    assert tags.number(2.5) == "2,5"
    assert tags.number(7.0) == "7"
    assert tags.vn_date("2016-09-05") == "05/9/2016"
    assert tags.local("http://localhost/van-ban/?q=1") == "/van-ban/?q=1"
    assert tags.local_srcset("http://a/x 320w, http://a/y 640w") == "/x 320w, /y 640w"


@pytest.mark.parametrize(
    ("path", "location"),
    [("/tin-bai", "/tin-bai/"), ("/tin-bai?nam=2021", "/tin-bai/?nam=2021"), ("/tim-kiem?q=a", "/tim-kiem/?q=a")],
)
def test_an_address_without_its_slash_is_sent_on(paths, client, path, location):
    response = client.get(path)
    assert response.status_code == 301
    assert response["Location"] == location


@pytest.mark.parametrize(
    "path", ["/tin-bai/?trang=" + "9" * 5000, "/tin-bai/?trang=²", "/" + "a" * 3000 + "/", "/%00/", "/a.b"]
)
def test_what_makes_no_sense_is_not_found(paths, client, path):
    assert client.get(path).status_code == 404


def test_every_tag_leads_to_its_articles(db, client):
    office = Office()
    page = office.article("Nhiều thẻ")
    page.tags.add(*(f"thẻ {number:03d}" for number in range(105)))
    office.publish(office.news, page)
    content = client.get("/tin-bai/?the=the-104&nam=").content.decode()
    assert "Nhiều thẻ" in content
    assert "thẻ 104" in content
    assert 'name="the" value="the-104"' in content, "another filter keeps it"
    assert client.get("/tin-bai/?the=khong-co").status_code == 400


def test_menus_lead_to_other_sites_too(db, client):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.menu_items = [
        MenuItem(menu=menu, title="Báo", url="https://example.org/tin/") for menu in ("main", "footer")
    ]
    settings.save()
    assert client.get("/").content.decode().count('href="https://example.org/tin/"') == 2


@pytest.mark.parametrize(("status", "body"), [(200, "[]"), (200, "null"), (200, "<html>"), (400, "null"), (500, "{}")])
def test_an_api_that_talks_nonsense_gives_a_page_that_says_so(db, client, settings, answering, status, body):
    settings.CONTENT_API_URL = answering(status, body)
    assert client.get("/tin-bai/").status_code == 503


@pytest.mark.parametrize("key", ["", "portal_x"])
def test_the_public_tier_says_who_it_is(settings, answering, key):
    """To the API's limit all readers are one client, so it asks by a key that has none."""
    settings.CONTENT_API_URL, settings.CONTENT_API_KEY = answering(200, "{}"), key
    content.get("site/")
    assert answering.asked[0].get("X-API-Key", "") == key


def test_an_api_that_trickles_is_given_up(db, client, settings, answering, monkeypatch):
    monkeypatch.setattr(content, "TIMEOUT", 0.5)
    settings.CONTENT_API_URL = answering(200, " " * 40, pause=0.1)
    started = time.monotonic()
    assert client.get("/tin-bai/").status_code == 503
    assert time.monotonic() - started < 3
