"""The store is compared with what would be made now, mended, and made from nothing."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count

from articles.models import ArticlePage
from cms.core.due import do_what_is_due
from cms.publishing.takedown.actions import take_down
from cms.store.checking import check
from cms.store.models import Change, ChangeLogHead, Form, Item, ItemCount, SortKey, Term
from cms.store.projector import newest
from cms.store.reconciliation import reconcile
from tests.factories import fresh


@pytest.fixture
def pages(office):
    found = [office.put_live(office.news, office.article(f"Tin {number}")) for number in range(3)]
    found.append(office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"])))
    newest()
    return found


def everything(api):
    """What the API says."""
    texts = [
        api("pages/", type=name, fields="*", limit=100) for name in ("articles.ArticlePage", "articles.DirectivePage")
    ]
    return [
        *texts,
        api("site/"),
        api("issuers/"),
        api("categories/"),
        api("search/", q="tin"),
        api("pages/", order="-title"),
    ]


def test_a_store_that_is_right_is_left_alone(pages, api):
    before = newest()
    assert +check() == {}
    after = newest()
    assert (after.seq, after.generation) == (before.seq, before.generation)


@pytest.mark.parametrize(
    "damage",
    [
        lambda: Form.objects.update(detail="{}"),
        lambda: Term.objects.all().delete(),
        lambda: SortKey.objects.update(value="x"),
        lambda: Item.objects.filter(type="articles.ArticlePage").delete(),
        lambda: Item.objects.update(digest="x"),
        lambda: Item.objects.filter(type="site").delete(),
    ],
    ids=["forms", "terms", "sort keys", "items", "digests", "site"],
)
def test_what_was_damaged_is_mended(pages, api, damage):
    expected = everything(api)
    damage()
    assert check()
    assert everything(api) == expected
    assert +check() == {}


def test_what_is_not_public_is_removed(pages, api):
    ArticlePage.objects.filter(pk=pages[0].pk).update(live=False)
    assert check()["not public"] == 1
    api(f"pages/{pages[0].pk}/", status=404)
    assert Change.objects.filter(key=str(pages[0].pk)).last().gone


def test_it_is_made_from_nothing_and_the_log_stays(pages, api, capsys):
    expected, before = everything(api), newest()
    Item.objects.all().delete()
    call_command("rebuild_store")
    assert everything(api) == expected
    after = ChangeLogHead.objects.get()
    assert (after.epoch, after.seq) == (before.epoch, before.seq), "consumers have all of it"
    assert capsys.readouterr().out == "12 objects were made anew.\n"


def test_what_has_pending_events_is_left_to_the_projector(pages, monkeypatch):
    with monkeypatch.context() as stuck:
        stuck.setattr("cms.store.projector._project", lambda *args, **kwargs: 1 / 0)
        fresh(pages[0]).unpublish()
        Form.objects.filter(item__page_id=pages[1].pk).update(detail="{}")
        found = check()
    assert found["different"] == 1


def test_stale_forms_are_made_by_the_worker(pages, api):
    expected = everything(api)
    Item.objects.update(stale=True)
    Form.objects.update(detail="{}", listing="{}")
    assert do_what_is_due() == 0
    assert not Item.objects.filter(stale=True).exists()
    assert everything(api) == expected


def test_a_stale_form_is_made_when_it_is_asked_for(pages, api):
    page = pages[0]
    expected, seq = api(f"pages/{page.pk}/"), newest().seq
    Item.objects.filter(page_id=page.pk).update(stale=True)
    Item.objects.filter(page_id=pages[1].pk).update(version="another")
    Item.objects.filter(page_id=pages[2].pk).update(version="another", digest="of another form")
    Form.objects.update(detail="{}", listing="{}")
    assert api(f"pages/{page.pk}/") == expected
    assert api(f"pages/{pages[1].pk}/")["title"] == "Tin 1"
    assert newest().seq == seq, "no row tells of it"
    # An update of the program made another form of it.
    assert api(f"pages/{pages[2].pk}/")["title"] == "Tin 2"
    (row,) = api("changes/", since=seq)["items"]
    assert (row["kind"], row["id"]) == ("changed", pages[2].pk)


def test_a_comparison_that_was_stopped_goes_on(pages, monkeypatch):
    monkeypatch.setattr("cms.store.checking.PORTION", 1)

    def stop(done, _whole):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reconcile(stop)
    reached = ChangeLogHead.objects.get().reconciled_page
    assert reached
    looked_at = []
    monkeypatch.setattr("cms.store.checking._check_pages", lambda ids, everything: looked_at.extend(ids) or Counter())
    reconcile()
    assert looked_at
    assert min(looked_at) > reached
    assert ChangeLogHead.objects.get().reconciled_page == 0


def test_the_numbers_of_items_are_kept_while_they_come_and_go(pages, office, api):
    def counted():
        return {one.type: one.number for one in ItemCount.objects.exclude(number=0)}

    def there():
        return dict(Item.objects.order_by().values_list("type").annotate(Count("pk")))

    assert counted() == there()
    take_down(pages[0], office.users["reviewer"], "hidden", "Sai.")
    page = office.put_live(office.news, office.article("Khác"))
    fresh(pages[1]).unpublish()
    newest()
    assert counted() == there()
    fresh(page).delete()
    newest()
    assert counted() == there()
    assert api("pages/", type="articles.ArticlePage", limit=1)["meta"]["total_count"] == 1
    ItemCount.objects.update(number=99)
    check()
    assert counted() == there()
