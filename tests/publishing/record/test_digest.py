"""Equal digests for equal content, other ones for other content."""

import pytest

from articles.models import ArticleAttachment, ArticlePage, Unit
from cms.publishing.record.digest import content_digest, digest_of
from tests.factories import fresh, make_document
from tests.site.conftest import build_pages


def of(page):
    return digest_of(fresh(page))


@pytest.fixture
def article(office):
    page = office.article("Tin", body=[("heading", {"text": "Mục", "level": "2"}), ("paragraph", "<p>Đoạn</p>")])
    page.tags.add("một", "hai")
    page.attachments = [ArticleAttachment(document=make_document(f"{number}.txt")) for number in range(3)]
    return office.publish(office.news, page)


def test_the_stored_page_is_its_revision(office, article):
    assert of(article) == digest_of(article.live_revision)
    unit = Unit.objects.create(name="Ban")
    other = Unit.objects.create(name="Phòng")
    plan = office.plan(tasks=[{"title": "Một"}, {"title": "Hai", "lead_unit": unit}])
    plan.tasks.all()[1].supporting_units = [other, unit]
    plan = office.publish(office.plans, plan)
    assert of(plan) == digest_of(plan.live_revision)


def test_every_page_type_and_block_comes_back_as_it_was_approved(office):
    build_pages_of = build_pages(office)
    assert build_pages_of
    for model in (type(page) for page in office.home.get_descendants().specific()):
        for page in model.objects.live():
            assert of(page) == digest_of(page.live_revision), page


def test_bookkeeping_is_no_content(office, article):
    before = of(article)
    office.news.get_children().first().move(office.news, "last-child")
    fresh(article).save_revision(user=office.users["editor"])
    type(article).objects.filter(pk=article.pk).update(locked=True, owner=None)
    assert of(article) == before


@pytest.mark.parametrize(
    "name", ["title", "lead", "slug", "published_on", "expire_at", "image_alt", "search_description"]
)
def test_every_field_is_content(office, article, name):
    data = fresh(article).serializable_data()
    assert content_digest(ArticlePage, {**data, name: "2021-07-12T00:00:00Z"}) != content_digest(ArticlePage, data)


def test_children_and_their_order_are_content(article):
    data = fresh(article).serializable_data()
    numbered = [dict(one, sort_order=number) for number, one in enumerate(data["attachments"])]
    data["attachments"] = numbered
    turned = [dict(one, sort_order=-one["sort_order"]) for one in numbered]
    assert content_digest(ArticlePage, {**data, "attachments": turned}) != content_digest(ArticlePage, data)
    assert content_digest(ArticlePage, {**data, "attachments": numbered[:2]}) != content_digest(ArticlePage, data)
    stored_anew = [dict(one, pk=999 + one["sort_order"], sort_order=10 * one["sort_order"]) for one in numbered]
    assert content_digest(ArticlePage, {**data, "attachments": stored_anew}) == content_digest(ArticlePage, data)
