"""What machines read of a page: titles, addresses, descriptions, feeds, structured data, icons; and that it arrives
small.
"""

import gzip
import json
import re
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from wagtail.contrib.redirects.models import Redirect

from articles.models import ArticlePage, Category
from cms.pages.public import default_site
from home.models import SiteSettings, StandardPage
from home.site.feeds import NewsFeed
from home.site.templatetags import site as tags
from tests.factories import make_image

ATOM = "{http://www.w3.org/2005/Atom}"


def meta(html, name):
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)
    return found and found[1]


def test_a_filtered_and_numbered_list_has_its_own_title_address_and_description(office, client):
    for number in range(12):
        office.put_live(office.documents, office.directive(f"{number + 10}-CT/TU", issuers=["Tỉnh ủy"]))
    page = client.get("/van-ban/?utm_source=x&trang=2&co-quan=tinh-uy").content.decode()
    assert "<title>Văn bản: Cơ quan ban hành Tỉnh ủy – trang 2 – " in page
    assert '<link rel="canonical" href="http://localhost/van-ban/?co-quan=tinh-uy&amp;trang=2">' in page
    assert meta(page, "description") == "Văn bản: Cơ quan ban hành Tỉnh ủy – trang 2. 12 kết quả."
    plain = client.get("/van-ban/?trang=1").content.decode()
    assert '<link rel="canonical" href="http://localhost/van-ban/">' in plain
    assert meta(plain, "robots") is None
    assert meta(client.get("/van-ban/?q=chi").content.decode(), "robots") == "noindex"


def test_a_picture_goes_to_social_networks_as_jpeg(office, client):
    page = office.publish(office.news, office.article(image=make_image(), image_alt="Ảnh"))
    html = client.get(page.get_url()).content.decode()
    assert meta(html, "og:description") == "Tóm tắt."
    address = meta(html, "og:image")
    response = client.get(address.removeprefix("http://localhost"))
    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"


def described(client, path):
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode(), re.DOTALL
    )
    return json.loads(found[1])


def test_pages_describe_themselves_in_the_words_of_schema_org(paths, client):
    assert described(client, paths["home"])["@type"] == "GovernmentOrganization"
    article = described(client, paths["article"])
    assert (article["@type"], article["headline"]) == ("NewsArticle", "Tin đủ khối")
    law = described(client, paths["directive"])
    assert law["@type"] == "Legislation"
    assert law["legislationIdentifier"] == "18-CT/TU"
    assert law["legislationPassedBy"] == [{"@type": "GovernmentOrganization", "name": "Tỉnh ủy"}]
    assert law["encoding"][0]["encodingFormat"] == "application/pdf"


def test_a_title_can_not_end_the_description(office, client):
    page = office.publish(office.news, office.article("</script><b>Tin & bài"))
    assert described(client, page.get_url())["headline"] == "</script><b>Tin & bài"


@pytest.mark.parametrize("name", ["tin-bai", "van-ban", "chuyen-muc/tin-hoat-dong"])
def test_feeds(paths, client, name):
    rss = client.get(f"/nguon-tin/{name}.rss")
    assert rss["Content-Type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(rss.content).findall("channel/item")
    atom = ElementTree.fromstring(client.get(f"/nguon-tin/{name}.atom").content)
    assert [item.find("link").text for item in items] == [
        entry.find(f"{ATOM}link").get("href") for entry in atom.findall(f"{ATOM}entry")
    ]
    page = paths["directive" if name == "van-ban" else "article"]
    assert f"http://localhost{page}" in [item.find("link").text for item in items]
    assert f"/nguon-tin/{name}.rss" in client.get("/nguon-tin/").content.decode()


def test_feeds_stand_in_head_and_footer(paths, client):
    page = client.get("/").content.decode()
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Văn bản (Atom)" href="/nguon-tin/van-ban.atom">'
        in page
    )
    assert 'href="/nguon-tin/">Nguồn tin (RSS)</a>' in page
    assert client.get("/nguon-tin/chuyen-muc/khong-co.rss").status_code == 404


def test_icons_and_manifest(paths, client):
    assert client.get("/favicon.ico").url == "/static/site/favicon.ico"
    manifest = client.get("/site.webmanifest").json()
    assert manifest["lang"] == "vi"
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon


def test_the_stylesheet_is_one_file(paths, client):
    page = client.get("/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/static/site/site.css"]
    with open(finders.find("site/site.css"), encoding="utf-8") as file:
        css = file.read()
    assert "--paper" in css
    assert "@page" in css


def test_pages_from_settings(paths, client):
    assert client.get("/tiep-can-thong-tin/").status_code == 404
    settings = SiteSettings.for_site(default_site())
    settings.person_responsible = "Trưởng Ban"
    settings.contact = "<p>Giờ làm việc: 7 giờ 30 đến 17 giờ.</p>"
    settings.information_access = "<p>Gửi phiếu yêu cầu.</p>"
    settings.accessibility = "<p>Đọc được bằng trình đọc màn hình.</p>"
    settings.save()
    for path, text in (
        ("/lien-he/", "Trưởng Ban"),
        ("/lien-he/", "Giờ làm việc"),
        ("/tiep-can-thong-tin/", "Gửi phiếu yêu cầu."),
        ("/kha-nang-tiep-can/", "trình đọc màn hình"),
    ):
        assert text in client.get(path).content.decode(), path
        assert f'href="{path}"' in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/", "/van-ban/", "/api/v2/pages/", "/nguon-tin/tin-bai.rss"])
def test_texts_are_compressed_for_those_who_take_it(paths, client, path):
    plain = client.get(path)
    packed = client.get(path, headers={"accept-encoding": "gzip, deflate"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) * 2 / 3
    again = client.get(path, headers={"accept-encoding": "gzip"})
    assert again.content == packed.content, "the same content is the same bytes"


@pytest.mark.parametrize(
    "address",
    [
        "/Default.aspx?id=5&lang=vi",
        "/default.ASPX?ID=5&lang=vi",
        "/default.aspx?utm_source=zalo&lang=vi&id=5&fbclid=abc",
        "/default.aspx?lang=vi&id=5&a=1&b=2&c=3",
        "/default.aspx?lang=vi&id=5&utm_source=a&utm_medium=b&utm_campaign=c&utm_content=d&utm_term=e&gclid=f",
        "/default.aspx?a=1&b=2&c=3&lang=vi&id=5&d=4&e=5",
    ],
)
def test_redirects_of_the_old_portal_whatever_case_and_parameters(paths, client, address):
    Redirect.add_redirect("/Default.aspx?id=5&lang=vi", redirect_to="/van-ban/")
    Redirect.add_redirect("/Default.aspx", redirect_to="/so-do/")
    answer = client.get(address)
    assert answer.status_code == 301
    assert answer.url == ("/so-do/" if "e=5" in address else "/van-ban/")


def test_a_redirect_is_found_as_its_address_was_written(paths, client):
    address = "/index.php?option=com_content&view=article&id=12:tin-moi/bai%20so%201"
    Redirect.add_redirect(address, redirect_to="/van-ban/")
    for end in ("", "&fbclid=X", "&tmpl=component"):
        assert client.get(address + end).url == "/van-ban/", end


def test_redirects_that_lead_in_a_circle_lead_nowhere(paths, client):
    Redirect.add_redirect("/a", redirect_to="/B")
    Redirect.add_redirect("/b", redirect_to="/A")
    Redirect.add_redirect("/Tin", redirect_to="/tin")
    for path in ("/a", "/A", "/b", "/B", "/tin", "/Tin"):
        assert client.get(path).status_code == 404, path


def test_both_formats_of_a_feed_at_the_same_time(paths, client, monkeypatch):
    feed = NewsFeed()
    answers = {}
    chosen = NewsFeed.chosen

    def slow(self, **kwargs):
        # Another format is asked for while the first one waits for its content.
        if "rss" not in answers:
            answers["rss"] = None
            answers["atom"] = feed(RequestFactory().get("/"), format="atom")
        return chosen(self, **kwargs)

    monkeypatch.setattr(NewsFeed, "chosen", slow)
    answers["rss"] = feed(RequestFactory().get("/"), format="rss")
    assert answers["rss"]["Content-Type"].startswith("application/rss+xml")
    assert answers["atom"]["Content-Type"].startswith("application/atom+xml")


def test_what_xml_has_no_place_for_breaks_no_feed(office, client):
    page = office.article("Dòng một\x0bdòng hai", lead="Tóm\x0ctắt")
    office.publish(office.news, page)
    ArticlePage.objects.filter(pk=page.pk).update(lead="Cũ\x0bhơn")
    items = ElementTree.fromstring(client.get("/nguon-tin/tin-bai.rss").content).findall("channel/item")
    assert items[0].find("title").text == "Dòng một dòng hai"
    assert items[0].find("description").text == "Cũ hơn"


def test_a_category_with_any_slug_has_a_feed(office, client):
    Category.objects.create(name="Tin A", slug="Tin_A")
    page = office.publish(office.news, office.article())
    ArticlePage.objects.filter(pk=page.pk).update(category=Category.objects.get(slug="Tin_A"))
    assert 'href="/nguon-tin/chuyen-muc/Tin_A.rss"' in client.get(page.get_url()).content.decode()
    assert client.get("/nguon-tin/").status_code == 200
    assert client.get("/nguon-tin/chuyen-muc/Tin_A.rss").status_code == 200
    assert client.get("/tin-bai/?chuyen-muc=Tin_A").status_code == 200


def test_the_address_in_the_print_is_written_for_style_sheets(paths, client):
    page = client.get("/van-ban/?loai=chi-thi&nam=2016&co-quan=tinh-uy").content.decode()
    assert 'content: "http://localhost/van-ban/?loai=chi-thi&co-quan=tinh-uy&nam=2016"' in page
    assert tags.css_string('a"}</style>\\') == "a\\22 \\7d \\3c /style\\3e \\5c "


def test_a_page_about_contact_gets_an_address_of_its_own(office):
    page = office.publish(office.home, StandardPage(title="Liên hệ"))
    assert page.slug == "lien-he-2"
