"""What is done inside a process of the portal: exporting its pages, projecting one, renaming an issuer."""

import json
import time
from collections import defaultdict
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    ArticleDirective,
    ArticlePage,
    DirectiveIndexPage,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    Issuer,
    PlanTask,
    RelatedArticle,
    TaggedArticle,
    TaskPlanPage,
)
from cms.accounts.roles import EDITOR, GROUPS
from cms.store import projector
from cms.store.models import ChangeLogHead, ChangeLogKind, Event, Item
from cms.store.projector import newest
from cms.store.refreshing import needs_refreshing, refresh_stale_for_a_while

# In an order in which none refers to a later one.
TYPES = {"directive": DirectivePage, "article": ArticlePage, "plan": TaskPlanPage}


def export(path: str) -> int:
    """Write every page as a line of JSON, for the plain site; return of how many."""
    category = "category__name"
    tags = _grouped(TaggedArticle, "content_object_id", "tag__name")
    directives = _grouped(ArticleDirective, "page_id", "directive_id")
    articles = _grouped(RelatedArticle, "page_id", "article_id")
    issuers = _grouped(DirectiveIssuer, "page_id", "issuer__name")
    relations = _grouped(DirectiveRelation, "page_id", "kind", "target_id")
    tasks = defaultdict(list)
    for page, title, due, state in PlanTask.objects.values_list("page_id", "title", "deadline_on", "state"):
        tasks[page].append({"title": title, "deadline_on": due and due.isoformat(), "state": state})
    own = {
        "article": ("lead", "published_on"),
        "directive": ("reference", "document_type", "subject", "issued_on", "body"),
        "plan": ("period", "introduction"),
    }
    count = 0
    with Path(path).open("w") as file:
        for kind, model in TYPES.items():
            names = ["pk", "title", "slug", "first_published_at", *own[kind]]
            names += [category, "image_id", "body"] if kind == "article" else []
            for row in model.objects.order_by("pk").values(*dict.fromkeys(names)).iterator():
                pk = row["pk"]
                one = {
                    "kind": kind,
                    "id": pk,
                    "title": row["title"],
                    "slug": row["slug"],
                    "first_published_at": row["first_published_at"].isoformat(),
                    "values": {name: _plain(row[name]) for name in own[kind]},
                }
                if kind == "article":
                    one |= {"category": row[category], "image": row["image_id"], "tags": tags[pk]}
                    one |= {"body": json.dumps(list(row["body"].raw_data)), "directives": directives[pk]}
                    one |= {"articles": articles[pk]}
                elif kind == "directive":
                    one |= {"issuers": issuers[pk], "relations": [pair for pair in relations[pk] if pair[1]]}
                else:
                    one |= {"tasks": tasks[pk]}
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
                count += 1
    return count


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _grouped(model, key, *names):
    found = defaultdict(list)
    for pk, *values in model.objects.values_list(key, *names):
        found[pk].append(values[0] if len(names) == 1 else values)
    return found


def addresses() -> dict:
    """Return what is asked, by name."""
    directive = "/api/v2/pages/?type=articles.DirectivePage&fields=*"
    shown = Issuer.objects.annotate(documents=Count("issued")).filter(documents__gt=0).order_by("documents", "pk")
    common, rare = shown.last().slug, shown.first().slug
    items = Item.objects.filter(type="articles.DirectivePage").order_by("number")
    whole = items.count()
    middle = items[whole // 2]
    article = Item.objects.filter(type="articles.ArticlePage").order_by("number")[whole // 2]
    return {
        "list": "/api/v2/pages/?fields=*&limit=20",
        "list, one type": f"{directive}&limit=20",
        "list, one issuer": f"{directive}&limit=20&issuer={common}",
        "list, rare issuer": f"{directive}&limit=20&issuer={rare}",
        "by date": f"{directive}&order=-issued_on",
        "issuer, in force": f"{directive}&issuer={common}&validity=in_force&order=-issued_on",
        "issuer, year, in force": f"{directive}&issuer={common}&validity=in_force&year=2018&order=title",
        "year, two types": "/api/v2/pages/?type=articles.DirectivePage,articles.ArticlePage&year=2018"
        "&order=-first_published_at",
        "deep by offset": f"{directive}&order=-issued_on&offset={max(0, whole // 2)}",
        "three facets": f"{directive}&facets=issuer,year,document_type",
        "detail": f"/api/v2/pages/{middle.number}/",
        "look-up": f"/api/v2/pages/lookup/?path={middle.path}",
        "search, one common word": "/api/v2/search/?q=dân",
        "home": "/",
        "site listing": "/van-ban/",
        "site detail": article.path,
    }


def desk() -> dict:
    """Return what an editor opens in the admin, by name; the editor is the user `bench`, who is made where missing."""
    user, is_new = get_user_model().objects.get_or_create(username="bench", email="bench@example.org")
    if is_new:
        user.groups.add(Group.objects.get(name=GROUPS[EDITOR]))
    section = DirectiveIndexPage.objects.get().pk
    return {
        "explorer": reverse("wagtailadmin_explore", args=[section]),
        "search of pages": reverse("wagtailadmin_pages:search") + "?q=dân",
        "first page": reverse("wagtailadmin_home"),
        "page chooser": reverse("wagtailadmin_choose_page_child", args=[section]),
        "images": reverse("wagtailimages:index"),
        "documents": reverse("wagtaildocs:index"),
    }


def sample(count: int) -> list[str]:
    """Return the addresses that are read while pages are published: home, three listings, details of the site."""
    items = Item.objects.filter(type__in=["articles.ArticlePage", "articles.DirectivePage"])
    step = max(1, items.count() // count)
    paths = list(items.order_by("-number").values_list("path", flat=True)[: step * (count - 4) : step])
    return ["/", "/tin-bai/", "/van-ban/", "/ke-hoach/", *paths][:count]


def ids() -> tuple[int, int]:
    """Return the ids of the first and the last page that were made in bulk; nearly all between them are there."""
    found = Item.objects.filter(type="articles.ArticlePage").order_by("number").values_list("number", flat=True)
    return found[0], found.last()


def is_current() -> bool:
    """Return whether the forms that are kept were made by this version of the program."""
    return not Item.objects.filter(needs_refreshing()).exists()


def rest() -> None:
    """Note that everything was compared today: the daily comparison is not what is measured."""
    newest()
    ChangeLogHead.objects.filter(pk=1).update(reconciled_at=timezone.now(), derived_on=timezone.localdate())


def project(kind: str, position: int) -> dict:
    """Project one published page; milliseconds and queries of it all, and milliseconds of its write."""
    page = TYPES[kind].objects.order_by("pk")[position]
    Event.objects.create(kind=ChangeLogKind.CHANGED, page_id=page.pk, path=page.path)
    marks = {}

    def note(name, function):
        def noted(*args, **kwargs):
            marks.setdefault(name, time.perf_counter())
            return function(*args, **kwargs)

        return noted

    kept = projector.locked_head, projector.tell_processes
    projector.locked_head, projector.tell_processes = note("began", kept[0]), note("ended", kept[1])
    try:
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            projector.project_events()
            took = time.perf_counter() - began
    finally:
        projector.locked_head, projector.tell_processes = kept
    return {"ms": took * 1000, "write": (marks["ended"] - marks["began"]) * 1000, "queries": len(queries)}


def rename(ask) -> dict:
    """Rename the issuer that most documents show, and back; how long a list of them waits, and whether it is right."""
    issuer = Issuer.objects.annotate(documents=Count("issued")).order_by("documents", "pk").last()
    shown, found = issuer.documents, []
    address = f"/api/v2/pages/?type=articles.DirectivePage&fields=*&limit=20&issuer={issuer.slug}"
    name = issuer.name
    for new in (f"{name} (tên mới)", name):
        issuer.name = new
        began = time.perf_counter()
        issuer.save()
        saved = time.perf_counter()
        answer = ask(address)
        waited = time.perf_counter()
        right = all(new in [one["name"] for one in item["issuers"]] for item in json.loads(answer)["items"])
        found.append(
            {
                "shown by": shown,
                "save": (saved - began) * 1000,
                "list": (waited - saved) * 1000,
                "right": right,
            }
        )
    began = time.perf_counter()
    # As the worker does it; the search follows with the forms.
    refresh_stale_for_a_while(600, threads=2)
    return {"runs": found, "all up to date": time.perf_counter() - began}
