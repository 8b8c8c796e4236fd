"""Filling the plain site with the pages that the portal has (`bench.portal.export`)."""

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from taggit.models import Tag
from wagtail.images.models import Image
from wagtail.models import Page, Site

from demo.pictures import landscape_file

from .models import (
    ArticleDirective,
    ArticlePage,
    ArticleTag,
    Category,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    Issuer,
    PlanTask,
    RelatedArticle,
    Section,
    TaskPlanPage,
)

MODELS = {"article": ArticlePage, "directive": DirectivePage, "plan": TaskPlanPage}
BATCH = 500


def fill(path: Path) -> int:
    """Make the database and put the pages of the file into it, unless it has some; return how many there are."""
    call_command("migrate", verbosity=0)
    if ArticlePage.objects.exists():
        return Page.objects.count()
    home = Page.objects.get(depth=2)
    Site.objects.update(hostname="127.0.0.1", root_page=home)
    sections = {kind: home.add_child(instance=Section(title=kind, slug=kind)) for kind in MODELS}
    images = [Image.objects.create(title=f"{number}", file=landscape_file(number, f"{number}")) for number in range(8)]
    for image in images:
        image.get_rendition("width-800")
    batch = []
    with path.open() as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == BATCH:
                _store(batch, sections, images)
                batch = []
    _store(batch, sections, images)
    for section in sections.values():
        Page.objects.filter(pk=section.pk).update(numchild=Page.objects.child_of(section).count())
    return Page.objects.count()


@transaction.atomic
def _store(batch, sections, images):
    categories = _named(Category, {one["category"] for one in batch if one.get("category")})
    issuers = _named(Issuer, {name for one in batch for name in one.get("issuers", ())})
    tags = _named(Tag, {name for one in batch for name in one.get("tags", ())}, slug=True)
    pages, rows = defaultdict(list), defaultdict(list)
    for one in batch:
        model, section = MODELS[one["kind"]], sections[one["kind"]]
        page = model(
            pk=one["id"], title=one["title"], draft_title=one["title"], slug=one["slug"], live=True,
            path=Page._get_path(section.path, section.depth + 1, one["id"]), depth=section.depth + 1,
            url_path=f"{section.url_path}{one['slug']}/", content_type=ContentType.objects.get_for_model(model),
            locale_id=section.locale_id, first_published_at=datetime.fromisoformat(one["first_published_at"]),
            **one["values"],
        )  # fmt: skip
        page.id = page.page_ptr_id = one["id"]
        if one["kind"] == "article":
            page.category_id = categories.get(one["category"])
            page.image = images[one["image"] % len(images)] if one["image"] else None
            page.body = _with_images(one["body"], images)
            rows[ArticleTag] += [ArticleTag(content_object_id=page.pk, tag_id=tags[name]) for name in one["tags"]]
            rows[ArticleDirective] += [ArticleDirective(page_id=page.pk, directive_id=pk) for pk in one["directives"]]
            rows[RelatedArticle] += [RelatedArticle(page_id=page.pk, article_id=pk) for pk in one["articles"]]
        elif one["kind"] == "directive":
            rows[DirectiveIssuer] += [
                DirectiveIssuer(page_id=page.pk, issuer_id=issuers[name]) for name in one["issuers"]
            ]
            rows[DirectiveRelation] += [
                DirectiveRelation(page_id=page.pk, kind=kind, target_id=pk) for kind, pk in one["relations"]
            ]
        else:
            rows[PlanTask] += [PlanTask(page_id=page.pk, **task) for task in one["tasks"]]
        pages[model].append(page)
    fields = Page._meta.local_concrete_fields
    Page.objects.bulk_create(
        Page(**{field.attname: getattr(page, field.attname) for field in fields})
        for found in pages.values()
        for page in found
    )
    for model, found in pages.items():
        model._base_manager.get_queryset()._batched_insert(found, model._meta.local_concrete_fields, 200)
    for model, found in rows.items():
        model.objects.bulk_create(found)


def _with_images(body, images):
    blocks = json.loads(body)
    for block in blocks:
        if block["type"] == "image":
            block["value"]["image"] = images[block["value"]["image"] % len(images)].pk
    return json.dumps(blocks)


def _named(model, names, slug=False):
    """Return the ids of the instances with these names, made where they are missing."""
    known = dict(model.objects.filter(name__in=names).values_list("name", "pk"))
    for name in sorted(names - known.keys()):
        values = {"slug": f"tag-{Tag.objects.count()}"} if slug else {}
        known[name] = model.objects.create(name=name, **values).pk
    return known
