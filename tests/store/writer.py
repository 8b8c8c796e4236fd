"""Changes public content at random until it is killed: python -m tests.store.writer SEED LOG, with DATABASE_URL."""

import os
import random
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
django.setup()

from django.core.exceptions import ObjectDoesNotExist, ValidationError  # noqa: E402
from django.db import OperationalError, transaction  # noqa: E402
from treebeard.exceptions import InvalidMoveToDescendant  # noqa: E402
from wagtail.models import Page, PageViewRestriction  # noqa: E402

from articles.models import ArticleIndexPage, ArticlePage, Category, RelatedArticle  # noqa: E402
from cms.pages.publication import exempt  # noqa: E402
from home.models import HomePage, StandardPage  # noqa: E402


def some(queryset):
    """One of them, or None."""
    pk = random.choice(list(queryset.values_list("pk", flat=True)) or [None])  # noqa: S311
    return queryset.filter(pk=pk).first()


def add_article():
    article = ArticlePage(
        title=f"Tin {random.randrange(10**9)}", lead="Tóm tắt.", category=some(Category.objects.all())
    )  # noqa: S311
    other = some(ArticlePage.objects.filter(live=True))
    if other is not None:
        article.related_links = [RelatedArticle(article=other)]
    article.slug = article.title.lower().replace(" ", "-")
    ArticleIndexPage.objects.get().add_child(instance=article)


def add_page():
    parent = some(StandardPage.objects.all()) or HomePage.objects.get()
    parent = Page.objects.get(pk=parent.pk).specific
    number = random.randrange(10**9)  # noqa: S311
    parent.add_child(instance=StandardPage(title=f"Trang {number}", slug=f"trang-{number}"))


def rename():
    page = some(ArticlePage.objects.all())
    if page is not None:
        page.title = f"Đổi tên {random.randrange(10**9)}"  # noqa: S311
        page.live = True
        page.save()


def unpublish():
    page = some(ArticlePage.objects.filter(live=True))
    if page is not None:
        page.unpublish()


def move():
    page, target = some(StandardPage.objects.filter(depth__gt=3)), some(StandardPage.objects.all())
    if page is not None and target is not None and not target.path.startswith(page.path) and target.depth < 8:
        page.move(target, pos="last-child")


def delete():
    page = some(StandardPage.objects.filter(numchild=0)) or some(ArticlePage.objects.all())
    if page is not None:
        Page.objects.get(pk=page.pk).specific.delete()


def privacy():
    page = some(StandardPage.objects.all())
    if page is None:
        return
    if page.get_view_restrictions().filter(page_id=page.pk).exists():
        page.get_view_restrictions().filter(page_id=page.pk).first().delete()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def rename_category():
    category = some(Category.objects.all())
    category.name = f"Chuyên mục {random.randrange(10**9)}"  # noqa: S311
    category.save()


WORK = [
    add_article,
    add_article,
    add_article,
    add_page,
    add_page,
    rename,
    rename,
    unpublish,
    move,
    delete,
    delete,
    privacy,
    rename_category,
]

if __name__ == "__main__":
    random.seed(sys.argv[1])
    while True:
        try:
            with transaction.atomic(), exempt("system", "a test"):
                random.choice(WORK)()  # noqa: S311
        except OperationalError as error:
            # Told to the test, which knows what may be.
            with open(sys.argv[2], "a") as log:
                log.write(f"{error}\n")
        except (ObjectDoesNotExist, ValidationError, InvalidMoveToDescendant):
            # Another one was faster: the page is gone, or its address is taken.
            continue
        # At the pace of an office that is in a hurry: without it one writer would keep the lock from the others.
        time.sleep(0.02)
