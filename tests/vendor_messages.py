"""What the packages that the product is built from say to people: their translatable strings, and which have a
Vietnamese upstream.

From the catalogues where a package ships its English ones (Wagtail, Django, taggit), else extracted from its sources.
"""

import io
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Used without being an app of the project, or by an app that is one.
LIBRARIES = ("django_filters", "treebeard", "rest_framework", "taggit")
# Screens that Django's admin and forms of others would show; nothing of the product includes them.
# The portal has its own templates for those of allauth's screens that it mounts.
NOT_SHOWN = (
    "treebeard/templates/admin",
    "treebeard/admin",
    "rest_framework/templates",
    "rest_framework/authtoken",
    "allauth/templates/",
    "allauth/socialaccount",
    "allauth/headless",
    "allauth/idp",
    "allauth/account/forms",
    "allauth/account/models",
    "allauth/account/fields",
    "allauth/account/app",
    "allauth/account/admin",
)
# Of a package of which only a part is in use the catalogue tells too much.
EXTRACTED = "allauth"


@dataclass(frozen=True)
class Message:
    """One translatable string: `plural` is empty where it has none; `package` is who says it."""

    context: str
    id: str
    plural: str
    package: str

    @property
    def key(self):
        return self.context, self.id


def root(package):
    return Path(find_spec(package).origin).parent


def packages():
    """The folders of everything that is installed and isn't ours."""
    ours = Path(settings.BASE_DIR)
    folders = {Path(app.path) for app in apps.get_app_configs()}
    vendor = {folder for folder in folders if "site-packages" in folder.parts or not folder.is_relative_to(ours)}
    # Wagtail's strings are all wanted, those of contributed apps that may be switched on one day too.
    wagtail = root("wagtail")
    vendor = {folder for folder in vendor if not folder.is_relative_to(wagtail)}
    return sorted(vendor | {wagtail, root("django") / "conf"} | {root(name) for name in LIBRARIES})


def read(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="vi") if message.id]


def catalogues(folder, language, domain):
    return sorted(folder.rglob(f"locale/{language}/LC_MESSAGES/{domain}.po"))


def from_sources(folder):
    for path in sorted(folder.rglob("*")):
        name = path.as_posix().split("site-packages/")[-1]
        if "/tests/" in name or "/test_" in name or name.startswith(NOT_SHOWN):
            continue
        if path.suffix == ".py":
            source = path.read_text()
        elif path.suffix in (".html", ".txt") and "/templates/" in name:
            # What it gives is almost Python: the indentation of the HTML means nothing.
            source = re.sub(r"(?m)^[ \t]+", "", templatize(path.read_text(), origin=str(path)))
        else:
            continue
        yield from extract("python", io.BytesIO(source.encode()), KEYWORDS)


def messages(domain):
    """Every string of `domain` (`django` or `djangojs`) that the packages have."""
    found = {}
    for folder in packages():
        shipped = [] if EXTRACTED in folder.parts else catalogues(folder, "en", domain)
        if shipped:
            for path in shipped:
                for message in read(path):
                    ids = message.id if isinstance(message.id, tuple) else (message.id, "")
                    found.setdefault((message.context or "", ids[0]), Message(message.context or "", *ids, folder.name))
        elif domain == "django":
            for _line, ids, _comments, context in from_sources(folder):
                ids = ids if isinstance(ids, tuple) else (ids, "")
                found.setdefault((context or "", ids[0]), Message(context or "", *ids[:2], folder.name))
    return list(found.values())


def upstream(domain):
    """`(context, id)` → the Vietnamese that a package ships itself; what is marked as fuzzy or empty isn't there."""
    found = {}
    for folder in packages():
        for path in catalogues(folder, "vi", domain):
            for message in read(path):
                strings = [message.string] if isinstance(message.string, str) else list(message.string)
                if not message.fuzzy and all(strings):
                    ids = message.id if isinstance(message.id, str) else message.id[0]
                    found.setdefault((message.context or "", ids), strings)
    return found
