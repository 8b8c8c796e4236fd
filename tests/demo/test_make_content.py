"""Content in bulk is such as drafting, approving and publishing each page would have left."""

import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from articles.models import ArticlePage, DirectivePage, PlanTask, TaggedArticle, TaskPlanPage
from cms.media.kept_readings import reading_of
from cms.media.models import CustomDocument, CustomImage, MediaUse
from cms.pages.publication import exempt
from cms.publishing.record.chain import verify
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordEntry
from cms.publishing.review.verification import problems
from cms.store.checking import check
from cms.store.models import Change, Item, ItemCount
from cms.store.reconciliation import reconcile
from demo.bulk.pages import Portion
from demo.bulk.stock import stock
from demo.bulk.storing import models_of_children

TYPES = (ArticlePage, DirectivePage, TaskPlanPage)


def pages():
    return [page for model in TYPES for page in model.objects.order_by("pk")]


@pytest.mark.django_db(transaction=True)
def test_content_in_bulk_is_as_if_it_had_been_published_page_by_page(office, api):
    call_command("make_content", pages=40, seed=3, verbosity=0)
    call_command("make_content", pages=60, seed=3, verbosity=0)
    assert [model.objects.exists() for model in (*TYPES, PlanTask, TaggedArticle, MediaUse)] == [True] * 6
    assert len(pages()) == 60

    # Store, log and search.
    assert +check() == {}
    assert +reconcile() == {}
    assert {row["type"]: row["number"] for row in ItemCount.objects.values("type", "number")}[
        "articles.ArticlePage"
    ] == ArticlePage.objects.count()
    for page in pages():
        assert Change.objects.filter(type__contains=".", key=str(page.pk)).count() == 1
    assert api("search/", q=ArticlePage.objects.first().title)["meta"]["total_count"] > 0

    # The record.
    assert problems() == []
    assert verify() == []
    assert RecordEntry.objects.filter(kind="published").count() == Page.objects.filter(live=True, depth__gt=1).count()

    # What Wagtail keeps.
    assert Page.find_problems() == ([], [], [], [], [])
    for page in pages():
        page.full_clean()
        assert digest_of(page.get_latest_revision_as_object()) == digest_of(page)
        found = ReferenceIndex.objects.filter(object_id=str(page.pk)).order_by("to_object_id", "content_path")
        before = list(found.values_list("to_object_id", "content_path"))
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(page)
        assert list(found.values_list("to_object_id", "content_path")) == before
    assert ArticlePage.objects.search(ArticlePage.objects.first().title).count() > 0

    # The files are those that an upload would have left.
    for document in CustomDocument.objects.all()[:5]:
        with document.open_file() as file:
            reading = reading_of(file)
        assert (document.sha256, document.pages, document.extracted_text.split()) == (
            reading.sha256,
            reading.pages,
            reading.text.split(),
        )

    # What is missing between others is not made: numbers and keys would be given twice.
    made = pages()
    lost = made[3]
    with exempt("system", "a test"):
        lost.delete()
    with pytest.raises(CommandError, match="begin anew"):
        call_command("make_content", pages=70, seed=3, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_another_run_makes_nothing_and_what_was_made_can_be_worked_on(office):
    # A process that takes the signal to end for itself hands that on to those that it forks.
    before = signal.signal(signal.SIGTERM, lambda *_arguments: None)
    try:
        call_command("make_content", pages=20, seed=3, verbosity=0)
    finally:
        signal.signal(signal.SIGTERM, before)
    # Another run makes nothing, and what was made can be worked on.
    count = Item.objects.count()
    call_command("make_content", pages=20, seed=3, verbosity=0)
    assert Item.objects.count() == count
    office.publish(office.news, office.article("Một tin sau đó"))
    assert CustomImage.objects.count() == 8


def test_the_same_seed_gives_the_same_pages(office):
    shared, ids = stock(1), dict.fromkeys(models_of_children(), 1)

    def contents(seed):
        portion = Portion(seed, range(20), 1000, ids, shared)
        return [portion.page(number).serializable_data() for number in portion.numbers]

    assert contents(1) == contents(1)
    assert contents(1) != contents(2)


@pytest.mark.parametrize("pages", [0, -5, 1_000_001])
def test_a_number_of_pages_that_makes_no_sense_is_refused(db, pages):
    with pytest.raises(CommandError):
        call_command("make_content", pages=pages)
