"""The contract: what every endpoint gives for one site with a page of every type, in full.

What differs from run to run is replaced. After a change that docs/api-policy.md allows, write the files anew with
`GOLDEN=write pytest tests/api/test_golden.py` and read the difference.
"""

import json
import os
import re
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from home.models import MenuItem, SiteSettings
from tests.site.conftest import build_pages

GOLDEN = Path(__file__).parent / "golden"
TIMES = {"first_published_at", "last_published_at", "at"}


@pytest.fixture
def site(office):
    """The paths of the pages."""
    paths = build_pages(office)
    settings = SiteSettings.for_site(office.home.get_site())
    settings.name, settings.managing_body = "Cổng thông tin", "Ban Dân vận"
    settings.save()
    MenuItem.objects.create(settings=settings, menu="main", title="Tin bài", page=office.news)
    MenuItem.objects.create(settings=settings, menu="footer", title="Nơi khác", url="https://example.org/")
    Redirect.objects.create(old_path="/cu", redirect_page=office.news)
    return paths


def requests(paths):
    """Every endpoint: name of the file, path, parameters."""
    yield "pages", "pages/", {"limit": 100}
    yield "pages-articles-everything", "pages/", {"type": "articles.ArticlePage", "fields": "*"}
    for name in ("home", "news", "article", "directive", "plan", "standard"):
        yield f"page-{name}", "pages/lookup/", {"path": paths[name]}
    yield "page-redirect", "pages/lookup/", {"path": "/cu"}
    for name in (
        "images",
        "documents",
        "categories",
        "issuers",
        "units",
        "sectors",
        "tags",
        "document-types",
        "redirects",
    ):
        yield name, f"{name}/", {}
    yield "site", "site/", {}
    yield "search", "search/", {"q": "18-CT/TU"}
    yield "changes", "changes/", {"type": "articles.DirectivePage,issuers"}


# What only objects of one kind have.
KINDS = {"srcset": "images", "sha256": "documents", "timeliness": "tasks", "old_path": "redirects"}


class Steady:
    """Replaces what differs from run to run: numbers by their order of appearance, times, names of stored files."""

    def __init__(self):
        self.numbers = {}

    def of(self, value, key="", kind="pages"):
        if isinstance(value, dict):
            # Numbers of one kind may be those of another, or not: each kind counts for itself.
            kind = next((kind for mark, kind in KINDS.items() if mark in value), "pages")
            return {name: self.of(child, name, kind) for name, child in value.items()}
        if isinstance(value, list):
            return [self.of(child) for child in value]
        if key == "id" and isinstance(value, int):
            return self.number(kind, value)
        if key in {"seq", "next"}:
            return "SEQ"
        if key in TIMES and value is not None:
            return "TIME"
        return self.text(value, key) if isinstance(value, str) else value

    def number(self, kind, pk):
        numbers = self.numbers.setdefault(kind, {})
        return f"#{numbers.setdefault(str(pk), len(numbers) + 1)}"

    def text(self, value, key):
        if key == "epoch" or re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
            return "UUID"
        value = value.replace(timezone.localdate().isoformat(), "TODAY")
        value = re.sub(
            r"/(pages|images|documents|redirects)/(\d+)",
            lambda found: f"/{found[1]}/{self.number(found[1], found[2])}",
            value,
        )
        return re.sub(r"_[A-Za-z0-9]{7}(?=\.)", "", value)


def test_every_endpoint_gives_what_it_gave(site, api):
    steady = Steady()
    for name, path, parameters in requests(site):
        found = json.dumps(steady.of(api(path, **parameters)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        file = GOLDEN / f"{name}.json"
        if os.environ.get("GOLDEN") == "write":
            file.write_text(found)
        assert found == file.read_text(), name


def test_errors_are_problems(db, api):
    for path, status, parameter in (
        ("pages/?limit=0", 400, "limit"),
        ("pages/999999/", 404, None),
        ("nothing/", 404, None),
        ("changes/?since=99999", 409, "since"),
    ):
        path, _mark, query = path.partition("?")
        problem = api(path, status=status, **dict(part.split("=") for part in query.split("&") if part))
        assert problem.keys() == {"type", "title", "status", "detail", *(["parameter"] if parameter else [])}
        assert problem.get("parameter") == parameter
