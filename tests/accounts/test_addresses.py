"""Who gets where: every address of the admin, the API and files, for each role, by GET and POST, against a table.

A new address has no row and fails. After a look at what has changed, `ADDRESSES=write pytest
tests/accounts/test_addresses.py` writes the table anew.
"""

import os
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern
from wagtail.models import ModelLogEntry, Revision, Task, Workflow

from articles.models import Category
from cms.accounts.roles import GROUPS
from cms.publishing.bundles.models import Bundle
from tests.factories import make_document, make_image, make_user

pytestmark = [pytest.mark.slow, pytest.mark.once]

TABLE = Path(__file__).parent / "addresses.txt"
# Who asks, in the order of the table's signs.
WHO = ["nobody", *GROUPS, "superuser"]
# The public site is for everybody, and has no POST; what is left here has no name.
PREFIXES = ("admin/", "api/", "documents/", "media/")
# Wagtail's own: one to see how an error looks; two that take it for granted that their form was sent (8.0.1).
FAILING = {"admin/failwhale/", "admin/choose-external-link/", "admin/redirects/import/process/"}
HEADING = (
    "# address | GET | POST: for nobody, editor, reviewer, approver, admin, superuser.\n"
    "# + answered, ! failed, - refused (403, log in first, or back to the first page), . not there (404, 405)\n"
)


def patterns(resolver, prefix="", namespaces=()):
    """(route, full name, names of parameters) of every address."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            name = ":".join((*namespaces, one.name or ""))
            yield route, name, list(one.pattern.regex.groupindex)
        else:
            inner = (*namespaces, one.namespace) if one.namespace else namespaces
            yield from patterns(one, route, inner)


@pytest.fixture
def samples(office):
    """Something for each parameter, by the name of the parameter or of the address."""
    page = office.publish(office.news, office.article("Tin"))
    office.submit(office.draft(office.news, office.article("Chờ")))
    bundle = Bundle.objects.create(name="Gói")
    return {
        "page": page.pk, "revision": Revision.objects.filter(object_id=str(page.pk)).latest("pk").pk,
        "image": make_image().pk, "document": make_document().pk, "user": office.users["editor"].pk,
        "group": office.users["editor"].groups.get().pk, "workflow": Workflow.objects.get().pk,
        "task": Task.objects.first().pk, "category": Category.objects.first().pk,
        "bundle": bundle.pk, "entry": getattr(ModelLogEntry.objects.first(), "pk", 1),
    }  # fmt: skip


def value_for(parameter, route, samples):
    """A value that the address takes."""
    texts = {
        "app_label": "wagtailcore", "model_name": "page", "content_type_app_name": "articles",
        "content_type_model_name": "articlepage", "action": "delete", "filename": "tep.txt", "path": "a.txt",
        "uidb64": "MQ", "token": "abc", "slug": "tin", "filter_spec": "max-800x800", "signature": "x",
        "identifier": "x", "mode": "", "action_name": "approve", "field_name": "x", "hash": "x", "key": "x",
    }  # fmt: skip
    if parameter in texts:
        return texts[parameter]
    for name in ("revision", "image", "document", "task", "workflow", "page"):
        if name in parameter:
            return samples[name]
    for name, kind in (
        ("users/", "user"), ("groups/", "group"), ("workflows/tasks", "task"), ("workflows/", "workflow"),
        ("images/", "image"), ("documents/", "document"), ("bundles/", "bundle"), ("pages/", "page"),
        ("category/", "category"),
    ):  # fmt: skip
        if name in route:
            return samples[kind]
    return samples["page"]


def sign(response):
    """How an answer stands in the table."""
    location = response.headers.get("Location", "")
    if response.status_code in (404, 405):
        return "."
    if response.status_code in (401, 403) or "/login/" in location or location == "/admin/":
        return "-"
    return "+" if response.status_code < 500 else "!"


def asked(client, method, address):
    """Ask, and undo what it has done."""
    client.raise_request_exception = False
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    return sign(response)


def test_who_gets_where(office, samples):
    users = {**office.users, "superuser": make_user("chu", is_superuser=True)}
    found = {}
    for route, name, parameters in patterns(get_resolver()):
        if not route.startswith(PREFIXES) or route.startswith("admin/logout"):
            continue
        shown = re.sub(r"\(\?P<(\w+)>[^)]*\)\??", r"<\1>", route).replace("^", "").replace("$", "").replace("\\Z", "")
        values = {one: value_for(one, route, samples) for one in parameters}
        try:
            address = reverse(name, kwargs=values)
        except NoReverseMatch:
            # Several have one name, or none.
            address = f"/{shown}"
            for parameter, value in values.items():
                address = re.sub(rf"<(?:\w+:)?{parameter}>", str(value), address)
        signs = {}
        for method in ("get", "post"):
            for who in WHO:
                client = Client()
                if who != "nobody":
                    client.force_login(users[who])
                signs[method] = signs.get(method, "") + asked(client, method, address)
        row = f"{shown} | {signs['get']} | {signs['post']}"
        found.setdefault(shown, row)
    assert [row for shown, row in found.items() if "!" in row and shown not in FAILING] == []
    lines = HEADING + "\n".join(found[key] for key in sorted(found)) + "\n"
    if os.environ.get("ADDRESSES") == "write":
        TABLE.write_text(lines)
    assert lines == TABLE.read_text()
