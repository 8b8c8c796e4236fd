"""What concerns many pages at once holds up nobody, and what can't be made holds up nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Issuer
from articles.news.models import Tag
from cms.store import events, page_changes, reconciliation, related_changes
from cms.store.checking import check
from cms.store.models import Change, Event, Item, ItemCount, Link, Term
from cms.store.projector import newest
from cms.store.reconciliation import derive
from cms.store.refreshing import refresh_for_a_while
from tests.factories import fresh


@pytest.fixture
def tagged(office):
    """Articles with one tag in common, one of them with another."""
    pages = []
    for number in range(4):
        page = office.article(f"Tin {number}")
        page.tags.add("chuyển đổi số", *(["đất đai"] if number == 0 else []))
        pages.append(office.publish(office.news, page))
    newest()
    return pages


def test_an_entry_of_which_no_form_can_be_made_is_tried_again(office, api, monkeypatch, mailoutbox, settings):
    settings.ADMINS = [("Quản trị", "quan-tri@example.vn")]
    office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy", "Ủy ban nhân dân tỉnh"]))
    newest()
    bad, good = Issuer.objects.order_by("pk")
    names = Issuer.other_name_list
    with monkeypatch.context() as broken:
        broken.setattr(Issuer, "other_name_list", lambda one: 1 / 0 if one.pk == bad.pk else names(one))
        for issuer in (bad, good):
            issuer.name = f"{issuer.name} mới"
            issuer.save()
        assert {one["slug"]: one["name"] for one in api("issuers/")["items"]} == {
            bad.slug: bad.name.removesuffix(" mới"),
            good.slug: good.name,
        }
        assert Event.objects.get().object_id == bad.pk
        assert f"issuers {bad.pk}" in mailoutbox[-1].body
    Event.objects.update(set_aside_until=timezone.now() - timedelta(seconds=1))
    assert bad.name in {one["name"] for one in api("issuers/")["items"]}
    assert not Event.objects.exists()


def test_an_entry_that_a_page_alters_is_tried_again_too(office, api, monkeypatch):
    office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"]))
    newest()
    with monkeypatch.context() as broken:
        broken.setattr(Issuer, "other_name_list", lambda one: 1 / 0)
        office.publish(office.documents, office.directive("19-CT/TU", issuers=["Tỉnh ủy"]))
        assert api("issuers/")["items"][0]["count"] == 1
        assert api("pages/", reference="19-CT/TU")["meta"]["total_count"] == 1
        # After weeks it is still tried once an hour.
        Event.objects.update(failures=999, set_aside_until=timezone.now() - timedelta(seconds=1))
        newest()
        assert timezone.now() < Event.objects.get().set_aside_until <= timezone.now() + timedelta(hours=1)
    Event.objects.update(set_aside_until=timezone.now() - timedelta(seconds=1))
    assert api("issuers/")["items"][0]["count"] == 2


def test_what_the_day_alters_is_told_in_portions(office, api, monkeypatch, clock):
    monkeypatch.setattr(reconciliation, "PORTION", 2)
    today = timezone.localdate()
    for number in range(5):
        page = office.directive(f"{number}/2020/NĐ-CP", "nghi-dinh", effective_on=today + timedelta(1), issued_on=today)
        office.publish(office.documents, page)
    last, generation = newest().seq, newest().generation
    clock(days=1)
    assert derive() == 5
    rows = Change.objects.filter(seq__gt=last)
    assert [row.kind for row in rows] == ["derived"] * 5
    assert newest().generation == generation + 3, "others come in between"
    assert derive() == 0


def test_a_tag_on_many_articles_is_deleted(tagged, api, monkeypatch):
    for module in (page_changes, related_changes, events):
        monkeypatch.setattr(module, "EXACT", 2)
    Tag.objects.get(name="chuyển đổi số").delete()
    assert Event.objects.count() == 1, "not one for each article"
    newest()
    assert Item.objects.filter(stale=True).count() == len(tagged)
    assert [one["name"] for one in api("tags/")["items"]] == ["đất đai"]
    facets = api("pages/", type="articles.ArticlePage", facets="tag")["meta"]["facets"]["tag"]
    assert [one["count"] for one in facets] == [1]
    assert [one["name"] for one in api(f"pages/{tagged[0].pk}/")["tags"]] == ["đất đai"]
    refresh_for_a_while()
    assert not any(check().values())


def test_a_draft_that_is_deleted_concerns_nobody_though_a_public_page_names_it(office, api):
    draft = office.draft(office.documents, office.directive("1-CT/TU"))
    article = office.article("Nêu một dự thảo")
    article.body = [("paragraph", f'<p><a linktype="page" id="{draft.pk}">dự thảo</a></p>')]
    office.put_live(office.news, article)
    last = newest().seq
    assert Link.objects.filter(kind="pages", number=draft.pk).exists()
    fresh(draft).delete()
    assert newest().seq == last


def test_what_another_version_found_pages_by_is_told_of_entries_too(tagged, api):
    """As after an update whose projection finds pages by something that it did not before."""
    tag, item = Tag.objects.get(name="đất đai"), Item.objects.get(page_id=tagged[0].pk)
    Term.objects.filter(parameter="tag", value=str(tag.pk)).delete()
    Item.objects.filter(type="tags", number=tag.pk).delete()
    ItemCount.objects.filter(type="tags").update(number=1)
    Item.objects.filter(pk=item.pk).update(version="", facts="")
    assert refresh_for_a_while() == 1
    assert {one["name"]: one["count"] for one in api("tags/")["items"]} == {"chuyển đổi số": 4, "đất đai": 1}
    assert api("tags/")["meta"]["total_count"] == 2
    assert not any(check().values())
