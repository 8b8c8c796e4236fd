"""Whatever shows what has changed is told of too: files, the register, settings, menus, and the other end of
relations.
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from articles.models import (
    ArticleAttachment,
    ArticleDirective,
    Category,
    DirectiveRelation,
    Issuer,
    PlanTask,
    RelatedArticle,
    Unit,
)
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.publishing.takedown.actions import take_down
from cms.store.models import Item
from cms.store.reconciliation import derive
from cms.store.refreshing import refresh
from home.models import MenuItem, SiteSettings
from tests.factories import Office, fresh, make_document, make_image

from .rows import of_pages


def test_who_showed_what_is_deleted(office, since):
    page = office.put_live(office.news, office.article("Tin"))
    other = office.article("Dẫn lại")
    other.related_links = [RelatedArticle(article=page)]
    other.tags.add("sắp bỏ")
    other = office.publish(office.news, other)
    since()
    fresh(page).delete()
    rows = of_pages(since())
    assert ("deleted", page.pk) in rows
    assert ("related", other.pk) in rows
    other.tags.first().delete()
    assert ("related", other.pk) in of_pages(since())


def test_files_come_and_go_with_what_shows_them(office, since):
    image, document = make_image(), make_document()
    page = office.article("Có tệp", image=image, image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=document)]
    assert not any(name in {"images", "documents"} for _kind, name, _pk in since())
    page = office.publish(office.news, page)
    assert {("added", "images", image.pk), ("added", "documents", document.pk)} <= set(since())
    other = office.publish(office.news, office.article("Cũng có", image=image, image_alt="Ảnh"))
    assert not any(name == "images" for _kind, name, _pk in since())
    fresh(page).unpublish()
    rows = since()
    assert ("removed", "documents", document.pk) in rows
    assert not any(name == "images" for _kind, name, _pk in rows)
    take_down(other, office.users[REVIEWER], "hidden", "Sai.")
    assert ("removed", "images", image.pk) in since()


def test_the_register_and_the_pages_that_show_it(office, since):
    issuer = Issuer.objects.create(name="Ban Vùng cao")
    assert since() == [], "nothing public shows it"
    page = office.publish(office.documents, office.directive("1-CT/TU", issuers=["Ban Vùng cao"]))
    assert ("added", "issuers", "ban-vung-cao") in since()
    issuer.name = "Ban Vùng cao và Biên giới"
    issuer.save()
    rows = since()
    assert ("changed", "issuers", "ban-vung-cao") in rows
    assert ("related", "articles.DirectivePage", page.pk) in rows


def test_categories_units_and_tags_are_seen_on_pages(office, since):
    article = office.article("Có thẻ")
    article.tags.add("chuyển đổi số")
    article = office.publish(office.news, article)
    unit = Unit.objects.create(name="Ban Dân vận")
    other = Unit.objects.create(name="Ban Tuyên giáo")
    plan = office.plan()
    task = PlanTask(title="Việc", lead_unit=unit)
    task.supporting_units = [other]
    plan.tasks = [task]
    plan = office.publish(office.plans, plan)
    since()
    for thing, page in (
        (Category.objects.get(), article),
        (article.tags.first(), article),
        (unit, plan),
        (other, plan),
    ):
        thing.name += " mới"
        thing.save()
        rows = since()
        assert ("related", pk := page.pk) in of_pages(rows), thing
        assert any(name in {"categories", "tags", "units"} and kind == "changed" for kind, name, _key in rows), pk


def test_settings_menus_and_redirects(office, news, since):
    settings = SiteSettings.for_site(office.home.get_site())
    settings.tagline = "Vì nhân dân"
    settings.save()
    assert since() == [("changed", "site", "site")]
    MenuItem.objects.create(settings=settings, menu="main", title="Tin", page=news)
    assert since() == [("changed", "site", "site")]
    office.revise(news, title="Tên khác", change_kind="minor")
    office.approve(news)
    assert ("changed", "site", "site") in since(), "the menu shows the title"
    redirect = Redirect.objects.create(old_path="/cu", redirect_page=news)
    assert since() == [("added", "redirects", redirect.pk)]
    number = redirect.pk
    redirect.delete()
    assert since() == [("removed", "redirects", number)]


def test_what_shows_the_title_of_another_page(office, since):
    directive = office.publish(office.documents, office.directive("2-CT/TU"))
    article = office.article("Về chỉ thị")
    article.article_directives = [ArticleDirective(directive=directive)]
    article = office.publish(office.news, article)
    other = office.article("Liên quan")
    other.related_links = [RelatedArticle(article=article)]
    other = office.publish(office.news, other)
    since()
    office.revise(article, title="Tên mới", change_kind="minor")
    office.approve(article)
    told = [("published", article.pk), ("related", directive.pk), ("related", other.pk)]
    assert of_pages(since()) == told, "the document names the article that refers to it"
    office.revise(article, lead="Chỉ đổi tóm tắt.", change_kind="minor")
    office.approve(article)
    assert of_pages(since()) == [("published", article.pk)], "nothing that others show of it has changed"
    take_down(directive, office.users[REVIEWER], "hidden", "Sai.")
    assert of_pages(since()) == [("taken_down", directive.pk), ("related", article.pk)]


def test_the_other_end_of_a_relation(office, since):
    old = office.publish(office.documents, office.directive("3-CT/TU", issued_on=date(2016, 1, 1)))
    since()
    new = office.directive("4-CT/TU", issued_on=date(2017, 1, 1))
    new.outgoing_relations = [DirectiveRelation(kind="replaces", target=old)]
    new = office.publish(office.documents, new)
    rows = of_pages(since())
    assert ("related", old.pk) in rows
    assert rows.index(("related", old.pk)) > rows.index(("published", new.pk))
    draft = fresh(new).get_latest_revision_as_object()
    draft.outgoing_relations = []
    draft.change_kind = "minor"
    draft.save_revision(user=office.users[EDITOR])
    office.approve(new)
    assert of_pages(since()) == [("published", new.pk), ("related", old.pk)], "the relation that was taken away, too"


@pytest.mark.parametrize(
    "change",
    [
        lambda page, _relation: setattr(page, "effective_on", date(2018, 1, 1)),
        lambda _page, relation: setattr(relation, "note", "Thay thế từ quý sau"),
        lambda _page, relation: setattr(relation, "kind", "amends"),
        lambda _page, relation: setattr(relation, "extent", "partial"),
    ],
)
def test_what_a_document_takes_of_one_that_refers_to_it(office, since, change):
    """Beside the reference: what is said of it, and from when that holds."""
    old = office.publish(office.documents, office.directive("3-CT/TU", issued_on=date(2016, 1, 1)))
    new = office.directive("4-CT/TU", issued_on=date(2017, 1, 1))
    new.outgoing_relations = [DirectiveRelation(kind="replaces", target=old)]
    new = office.publish(office.documents, new)
    since()
    draft = fresh(new).get_latest_revision_as_object()
    relations = list(draft.outgoing_relations.all())
    change(draft, relations[0])
    draft.outgoing_relations = relations
    draft.change_kind = "minor"
    draft.save_revision(user=office.users[EDITOR])
    office.approve(new)
    assert of_pages(since()) == [("published", new.pk), ("related", old.pk)]


def test_the_home_page_lists_what_is_featured(office, since):
    page = office.publish(office.news, office.article("Nổi bật", featured_until=timezone.localdate()))
    assert of_pages(since()) == [("published", page.pk), ("related", office.home.pk)]


def test_an_ancestor_that_others_name(office, since):
    page = office.publish(office.news, office.article("Tin"))
    since()
    office.revise(office.news, title="Tin tức", change_kind="minor")
    office.approve(office.news)
    rows = since()
    assert ("published", office.news.pk) in of_pages(rows)
    assert ("related", page.pk) in of_pages(rows)
    assert ("changed", "site", "site") in rows


def test_what_changes_with_the_day(office, since, clock):
    tomorrow = timezone.localdate() + timedelta(days=1)
    directive = office.publish(
        office.documents,
        office.directive("30/2020/NĐ-CP", "nghi-dinh", effective_on=tomorrow, issued_on=timezone.localdate()),
    )
    plan = office.plan(tasks=[{"title": "Việc", "deadline_on": timezone.localdate(), "deadline_precision": "day"}])
    plan = office.publish(office.plans, plan)
    featured = office.publish(office.news, office.article("Nổi bật", featured_until=timezone.localdate()))
    since()
    assert derive() == 0
    clock(days=1)
    derive()
    rows = of_pages(since())
    assert set(rows) == {("derived", directive.pk), ("derived", plan.pk), ("derived", office.home.pk)}
    assert ("derived", featured.pk) not in rows
    assert derive() == 0
    assert since() == []


def test_a_file_that_is_purged(office, since):
    document = make_document()
    page = office.article("Có tệp")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    since()
    agree(propose("document", document.pk, "purge", office.users[EDITOR], "Lọt."), office.users[APPROVER])
    rows = since()
    assert ("removed", "documents", document.pk) in rows
    assert ("related", page.pk) in of_pages(rows)


def test_a_supporting_unit_that_is_deleted(office, since):
    unit = Unit.objects.create(name="Ban Tuyên giáo")
    plan, task = office.plan(), PlanTask(title="Việc")
    task.supporting_units = [unit]
    plan.tasks = [task]
    plan = office.publish(office.plans, plan)
    since()
    unit.delete()
    assert ("related", plan.pk) in of_pages(since())


@pytest.mark.django_db(transaction=True)
def test_a_redirect_that_wagtail_makes_for_a_new_address(api):
    office = Office()
    page = office.publish(office.news, office.article("Tin"))
    office.revise(page, slug="dia-chi-moi", change_kind="minor")
    office.approve(page)
    redirect = Redirect.objects.get()
    assert (redirect.pk, "added") in [(row["id"], row["kind"]) for row in api("changes/", type="redirects")["items"]]


def test_users_are_nothing_to_others(office, since):
    office.users[ADMIN].full_name = "Khác"
    office.users[ADMIN].save()
    assert since() == []


def test_who_cites_a_document_in_the_text_beside_a_relation_to_it(office, since, api):
    old = office.publish(office.documents, office.directive("3-CT/TU", issued_on=date(2016, 1, 1)))
    new = office.directive("4-CT/TU", issued_on=date(2017, 1, 1))
    new.outgoing_relations = [DirectiveRelation(kind="basis", target=old)]
    new = office.publish(office.documents, new)
    since()
    for body, citing in (
        (f'<p>Theo <a linktype="page" id="{old.pk}">văn bản</a>.</p>', [new.pk]),
        ("<p>Theo.</p>", []),
    ):
        office.revise(new, body=body, change_kind="minor")
        office.approve(new)
        assert of_pages(since()) == [("published", new.pk), ("related", old.pk)]
        assert [one["id"] for one in api(f"pages/{old.pk}/")["cited_by"]] == citing


def test_a_form_that_is_made_while_its_event_waits_hides_no_change_from_others(office, api):
    old = office.publish(office.documents, office.directive("5-CT/TU", issued_on=date(2016, 1, 1)))
    new = office.directive("6-CT/TU", issued_on=date(2017, 1, 1))
    new.outgoing_relations = [DirectiveRelation(kind="basis", target=old, note="Một")]
    new = office.publish(office.documents, new)
    assert [one["note"] for one in api(f"pages/{old.pk}/")["relations"]] == ["Một"]
    changed = [DirectiveRelation(kind="basis", target=old, note="Hai")]
    office.revise(new, outgoing_relations=changed, change_kind="minor")
    office.approve(new)
    Item.objects.filter(page_id=new.pk).update(stale=True)
    # By a reader who asks for it before the projector has come by.
    refresh([Item.objects.get(page_id=new.pk).pk])
    assert [one["note"] for one in api(f"pages/{old.pk}/")["relations"]] == ["Hai"]
