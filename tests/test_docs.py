"""What the documents name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
FOLDERS = "articles|bench|bin|cms|demo|docs|examples|home|locale|search|templates|tests"
FILE = re.compile(rf"(?<![\w/.-])((?:{FOLDERS})/[\w./-]*\w/?)")
MODULE = re.compile(r"(?<![\w/.-])((?:articles|cms|demo|home|search)\.[a-z]\w*(?:\.\w+)*)")


def named(document):
    """Yield the paths and the modules that a document names."""
    text = document.read_text()
    # A name in angle brackets stands for many.
    text = re.sub(r"`[^`]*<[^`]*>[^`]*`", "", text)
    yield from FILE.findall(text)
    for module in MODULE.findall(text):
        parts = module.split(".")
        # The last ones may be classes, functions or models.
        known = [".".join(parts[:end]) for end in range(len(parts), 1, -1) if exists("/".join(parts[:end]))]
        yield known[0].replace(".", "/") if known else "/".join(parts[:2])


def exists(path):
    """Return whether a path of the repository, or the module of that path, is there."""
    return (ROOT / path).exists() or (ROOT / path).with_suffix(".py").exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_and_modules_exist(document):
    assert sorted({path for path in named(document) if not exists(path)}) == []
