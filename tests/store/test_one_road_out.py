"""Everything public is read from the store: without the tables of pages it is all there."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, get_page_models

from articles.models import ArticleAttachment, ArticlePage
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.publishing.takedown.actions import take_down
from cms.store.projector import newest
from tests.factories import fresh, make_document, make_image
from tests.site.conftest import build_pages


@pytest.fixture
def addresses(office):
    """Public addresses of every kind, with the status that each has."""
    paths = build_pages(office)
    page = office.article("Có tệp", image=make_image(), image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=make_document("tep.txt"))]
    page = office.publish(office.news, page)
    hidden, merged, deleted = (office.publish(office.news, office.article(name)) for name in ("Ẩn", "Gộp", "Xóa"))
    take_down(hidden, office.users["reviewer"], "hidden", "Sai.")
    proposal = take_down(merged, office.users["editor"], "consolidated", "Gộp.", target=page)
    agree(proposal, office.users["approver"], kind="consolidated", reason="Gộp.", target=page)
    agree(propose("page", deleted.pk, "delete", office.users["editor"], "Trùng."), office.users["approver"])
    Redirect.objects.create(old_path="/cu", redirect_page=page)
    rendition = fresh(page).image.renditions.filter(filter_spec__contains="webp").first()
    api = [
        "", "pages/", f"pages/{page.pk}/", f"pages/find/?id={page.pk}", f"pages/find/?html_path=/tin-bai/{page.slug}/",
        "pages/?type=articles.DirectivePage&fields=*&facets=issuer,year,document_type&validity=in_force&order=-issued_on",
        "pages/?type=articles.ArticlePage&child_of=root", f"pages/?descendant_of={office.home.pk}&search=tin",
        "pages/?reference=18-CT/TU", "pages/?as_of=2020-01-01&type=home.HomePage&fields=*", "pages/addresses/",
        "images/", "documents/", "categories/", "categories/tin-hoat-dong/", "issuers/", "units/", "sectors/", "tags/",
        "document-types/", "site/", "redirects/", "search/?q=18-CT/TU", "changes/?include=form",
        "changes/touched/?since=1", "snapshot/", "openapi.json", "docs/",
    ]  # fmt: skip
    found = {f"/api/v2/{path}": 302 if "/find/" in path else 200 for path in api}
    lookups = {"cu": 200, **{f"tin-bai/{one.slug}": 200 for one in (page, hidden, merged, deleted)}, "khong-co": 404}
    found |= {f"/api/v2/pages/lookup/?path=/{path}/": status for path, status in lookups.items()}
    found |= dict.fromkeys(paths.values(), 200)
    found |= {f"/tin-bai/{hidden.slug}/": 404, f"/tin-bai/{deleted.slug}/": 410, f"/tin-bai/{merged.slug}/": 301}
    found |= {"/khong-co/": 404, "/nguon-tin/": 200, "/nguon-tin/tin-bai.rss": 200, "/nguon-tin/van-ban.atom": 200}
    found |= {page.attachments.get().document.url: 200, rendition.url: 200, "/documents/999/x.txt": 404}
    newest()
    return found


def test_it_answers_without_the_tables_of_pages(addresses, client):
    tables = {model._meta.db_table for model in [Page, *get_page_models()]}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
    Site.clear_site_root_paths_cache()
    ContentType.objects.clear_cache()
    try:
        got = {}
        for address in addresses:
            response = client.get(address)
            got[address] = response.status_code
            # What streams is made only now.
            b"".join(response.streaming_content) if response.streaming else response.content
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table}_away RENAME TO {table}")
    assert got == addresses
    assert ArticlePage.objects.exists()
