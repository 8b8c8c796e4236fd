"""How search grows with the site: python bench/search.py [PAGES …], on SQLite in a temporary folder (see README.md)."""

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.TemporaryDirectory(prefix="bench-search-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/db.sqlite3")
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"

import django  # noqa: E402

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from wagtail.models import Locale, Page  # noqa: E402

from articles.models import ArticleIndexPage, ArticlePage  # noqa: E402
from cms.pages.public import public_pages  # noqa: E402
from search.index import values_of  # noqa: E402
from search.models import SearchEntry  # noqa: E402
from search.ranking import Found  # noqa: E402
from search.registry import SearchText  # noqa: E402

WORDS = [
    "dân",
    "vận",
    "đối",
    "thoại",
    "chỉ",
    "thị",
    "công",
    "tác",
    "tỉnh",
    "ủy",
    "nông",
    "thôn",
    "mới",
    "bản",
    "làng",
    "đường",
    "giao",
    "thông",
    "hội",
    "nghị",
    "cán",
    "bộ",
    "nhân",
    "dân",
]
QUERIES = ["dân", "dân vận", "công tác dân vận tỉnh ủy", "chỉ thị số 18-CT/TU", "đối thoại bát xát"]
TIMES = 5


def fill(count, start):
    """Put live articles from number `start` up to `count`, with texts of 60 words, most of which every text has."""
    section = ArticleIndexPage.objects.get()
    kind, locale = ContentType.objects.get_for_model(ArticlePage), Locale.objects.get()
    dice = random.Random(start)  # noqa: S311
    pages = [
        Page(
            title=f"Tin {number}", slug=f"tin-{number}", path=f"{section.path}{Page._int2str(number).rjust(4, '0')}",
            depth=section.depth + 1, numchild=0, url_path=f"{section.url_path}tin-{number}/", live=True,
            content_type=kind, locale=locale, latest_revision_created_at=None,
        )
        for number in range(start + 1, count + 1)
    ]  # fmt: skip
    with transaction.atomic():
        made = Page.objects.bulk_create(pages, batch_size=500)
        SearchEntry.objects.bulk_create(
            (
                SearchEntry(
                    page_id=page.pk,
                    **values_of(SearchText(page.title, ("article", "Tin"), body=dice.choices(WORDS, k=60))),
                )
                for page in made
            ),
            batch_size=200,
        )


def median(query):
    """Milliseconds of the first page of results, in the middle of several."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        Found(public_pages(), query).ids(0, 20)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def main(counts):
    """Print a row for each number of pages."""
    call_command("migrate", verbosity=0)
    print("| pages | " + " | ".join(QUERIES) + " |\n|---" * 1 + "|---" * len(QUERIES) + "|")
    before = 0
    for count in counts:
        fill(count, before)
        before = count
        print(f"| {count} | " + " | ".join(f"{median(query):.0f} ms" for query in QUERIES) + " |", flush=True)


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or [1_000, 10_000, 100_000])
