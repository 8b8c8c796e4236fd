"""Imports point one way (docs/adr/0008-imports-point-one-way.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = [
    "cms.core",
    "cms.pages",
    "cms.media",
    "cms.store",
    "cms.delivery.cache",
    "cms.publishing.record",
    "cms.api",
    "cms.publishing.review",
    "cms.publishing.takedown",
    "cms.publishing.erasure",
    "cms.publishing.bundles",
    "cms.delivery.webhooks",
    "cms.delivery.previews",
    "cms.delivery.clients",
    "cms.accounts",
    "search",
    "articles",
    "home.site",
    "home",
    "demo",
]

# What each part may import of the project, itself aside. `cms.urls` and `cms.router`, the composition root, may all.
ALLOWED = {
    "cms.core": set(),
    "cms.pages": {"cms.core"},
    "cms.accounts": {"cms.core", "cms.pages", "cms.publishing.record"},
    "cms.media": {"cms.core", "cms.pages", "cms.store"},
    "cms.store": {"cms.core", "cms.pages"},
    "cms.delivery.cache": {"cms.store", "home.site"},
    "cms.api": {"cms.core", "cms.pages", "cms.media", "cms.store"},
    "cms.publishing.record": {"cms.core", "cms.pages"},
    "cms.publishing.takedown": {"cms.core", "cms.pages", "cms.store", "cms.publishing.record", "cms.api"},
    "cms.publishing.erasure": {
        "cms.core",
        "cms.pages",
        "cms.store",
        "cms.media",
        "cms.publishing.record",
        "cms.api",
        "cms.publishing.takedown",
    },
    "cms.delivery.clients": {"cms.publishing.record", "cms.api"},
    "cms.delivery.previews": {"cms.core", "cms.pages", "cms.publishing.record", "cms.api"},
    "cms.delivery.webhooks": {"cms.core", "cms.pages", "cms.store", "cms.publishing.record", "cms.api"},
    "cms.publishing.bundles": {
        "cms.core",
        "cms.pages",
        "cms.store",
        "cms.media",
        "cms.publishing.record",
        "cms.publishing.review",
    },
    "cms.publishing.review": {"cms.core", "cms.pages", "cms.accounts", "cms.media", "cms.publishing.record", "cms.api"},
    "search": {"cms.core", "cms.pages", "cms.store", "cms.api"},
    "articles": {
        "cms.core",
        "cms.pages",
        "cms.store",
        "cms.media",
        "cms.publishing.record",
        "cms.api",
        "cms.publishing.review",
        "search",
    },
    "home": {
        "cms.core",
        "cms.pages",
        "cms.store",
        "cms.publishing.record",
        "cms.media",
        "cms.api",
        "cms.accounts",
        "cms.publishing.review",
        "search",
        "articles",
    },
    "demo": {"cms.core", "cms.pages", "cms.accounts", "cms.media", "articles", "home"},
    # Pure functions, and the registry of the preview; no model, no database.
    "home.site": {"cms.core", "cms.pages"},
}
PURE_FOR_SITE = {"cms.core.dates", "cms.core.text", "cms.pages.preview"}


def part_of(module):
    """The part that a module belongs to, or None."""
    return next((part for part in PARTS if module == part or module.startswith(f"{part}.")), None)


def imports_of(path):
    """The absolute names of the modules that a file imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*base, *((node.module or "").split("."))]).strip(".")


def sources(part):
    """The files of a part."""
    for path in sorted((ROOT / part.replace(".", "/")).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if part_of(module) == part and "migrations" not in path.parts:
            yield path


@pytest.mark.parametrize("part", PARTS)
def test_imports_point_one_way(part):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(part)
        for name in imports_of(path)
        if (other := part_of(name)) and other != part and other not in ALLOWED[part]
    ]
    assert wrong == []


def test_core_knows_no_page():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources("cms.core")
        for name in imports_of(path)
        if name.startswith(("wagtail", "modelcluster"))
    ]
    assert wrong == []


# Of Django's apps only what needs no model: the framework of feeds, and the finder of the stylesheet.
MODEL_FREE = {"django.contrib.syndication.views", "django.contrib.staticfiles.finders"}


def test_the_public_site_knows_no_model():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources("home.site")
        for name in imports_of(path)
        if (
            name.startswith(("wagtail", "modelcluster", "rest_framework", "django.db", "django.contrib"))
            and name not in MODEL_FREE
        )
        or (name.startswith("cms.") and name not in PURE_FOR_SITE)
    ]
    assert wrong == []
