"""Imports point one way (docs/adr/0008-imports-point-one-way.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# May import everything, and nothing imports it.
ROOT_MODULES = ("cms.urls", "cms.router", "cms.wsgi", "cms.errors", "cms.serve", "cms.settings", "cms.formats")
# What each part may import of the project, itself aside; see docs/architecture.md.
CORE = {"cms.core"}
CONTENT = CORE | {"cms.pages", "cms.accounts", "cms.media"}
STORE = CONTENT | {"cms.store"}
RECORD = STORE | {"cms.publishing.record"}
API = STORE | {"cms.api"}
ALLOWED = {
    "cms.core": set(),
    "cms.pages": CORE,
    "cms.accounts": CORE,
    "cms.media": CORE | {"cms.pages", "cms.accounts"},
    "cms.store": CONTENT,
    "cms.publishing.record": CONTENT,
    "cms.publishing.bundles": RECORD,
    "cms.publishing.proposals": RECORD,
    "cms.publishing.review": RECORD | {"cms.publishing.bundles", "cms.publishing.proposals"},
    "cms.publishing.takedown": RECORD | {"cms.publishing.proposals"},
    "cms.publishing": RECORD | {"cms.publishing.bundles", "cms.publishing.review", "cms.publishing.takedown"},
    "cms.publishing.erasure": RECORD | {"cms.publishing", "cms.publishing.proposals", "cms.publishing.takedown"},
    "cms.backup": RECORD,
    "cms.operation": RECORD | {"cms.backup", "cms.delivery.cache", "cms.delivery.webhooks", "cms.publishing.proposals"},
    "cms.api": STORE,
    "search": API,
    "cms.delivery.cache": API,
    "cms.delivery.clients": API | {"cms.publishing.record"},
    "cms.delivery.files": STORE | {"cms.delivery.previews"},
    "cms.delivery.previews": API | {"cms.publishing.record"},
    "cms.delivery.webhooks": API | {"cms.publishing.record"},
    "articles": API | {"search", "cms.publishing.proposals", "cms.publishing.record", "cms.publishing.review"},
    "home": API | {"search", "articles", "cms.publishing.proposals", "cms.publishing.record", "cms.publishing.review"},
    "home.site": CORE,
    "demo": RECORD | {"articles", "home"},
}
PARTS = list(ALLOWED)


def part_of(module):
    """The part that a module belongs to (the longest name that fits), or None."""
    fitting = [part for part in PARTS if module == part or module.startswith(f"{part}.")]
    return max(fitting, key=len, default=None)


def name_of(path):
    """The dotted name of the module in a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): path
    for folder in ("cms", "articles", "home", "search", "demo")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
}


def imports_of(path):
    """The absolute names of what a file imports, wherever in the file; modules by their own name, names by their
    module's.
    """
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                yield f"{module}.{alias.name}" if f"{module}.{alias.name}" in MODULES else module


def sources(part):
    """The files of a part."""
    return [path for module, path in MODULES.items() if part_of(module) == part]


@pytest.mark.parametrize("part", PARTS)
def test_imports_point_one_way(part):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(part)
        for name in imports_of(path)
        if (other := part_of(name)) and other not in {part, *ALLOWED[part]}
    ]
    assert wrong == []


def is_root(module):
    """Return whether a module belongs to the composition root."""
    return any(module == name or module.startswith(f"{name}.") for name in ROOT_MODULES)


def test_every_module_has_a_part():
    # Packages that only hold parts.
    holders = {"cms", "cms.delivery"}
    assert [name for name in MODULES if part_of(name) is None and not is_root(name) and name not in holders] == []


def test_nothing_imports_the_composition_root():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for module, path in MODULES.items()
        if not is_root(module)
        for name in imports_of(path)
        if is_root(name)
    ]
    assert wrong == []


def find_circle(arrows):
    """A list of names that lead back to the first, or []."""
    done, path = set(), []

    def walk(name):
        if name in path:
            return path[path.index(name) :]
        if name in done:
            return []
        path.append(name)
        for other in arrows.get(name, ()):
            if circle := walk(other):
                return circle
        path.pop()
        done.add(name)
        return []

    return next((circle for name in arrows if (circle := walk(name))), [])


def test_a_circle_is_found():
    assert find_circle({"a": ["b"], "b": ["c"], "c": ["b"], "d": []}) == ["b", "c"]
    assert find_circle({"a": ["b", "c"], "b": ["c"], "c": []}) == []


def test_the_parts_are_in_no_circle():
    assert find_circle(ALLOWED) == []


def test_no_modules_are_in_a_circle():
    """Late imports count: what needs one is two things in one place, or one in two."""
    # A package is imported with each of its modules, which is no dependency.
    arrows = {
        module: sorted({name for name in imports_of(path) if name in MODULES and name != module})
        for module, path in MODULES.items()
    }
    assert find_circle(arrows) == []


# Read from the store alone; previews of drafts stand above it.
BELOW_THE_STORE = ("cms.api", "search", "cms.delivery.cache", "cms.delivery.clients", "cms.delivery.files",
                   "cms.delivery.webhooks", "home.site")  # fmt: skip


@pytest.mark.parametrize("part", BELOW_THE_STORE)
def test_what_is_public_is_read_from_the_store_alone(part):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(part)
        for name in imports_of(path)
        if name == "wagtail.models"
        or name.startswith(("articles", "home.models", "cms.pages.public", "cms.pages.base"))
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


# Pure functions, and the registry of the preview; no model, no database.
PURE_FOR_SITE = {"cms.core.dates", "cms.core.dependencies", "cms.core.text", "cms.core.preview"}
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


def test_what_the_public_site_takes_from_the_core_is_pure():
    wrong = [
        f"{name} imports {imported}"
        for name in sorted(PURE_FOR_SITE)
        for imported in imports_of(MODULES[name])
        if imported.startswith(("wagtail", "django.db", "django.contrib"))
    ]
    assert wrong == []
