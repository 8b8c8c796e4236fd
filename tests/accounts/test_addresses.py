"""Who gets where: every address of the admin, the API and files, for each role, by GET and POST, against a table.

A new address has no row and fails. After a look at what has changed, `ADDRESSES=write pytest
tests/accounts/test_addresses.py` writes the table anew.
"""

import os
import re
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Revision, Site, Task, UploadedFile, Workflow

from articles.models import ArticleAttachment, Category, Sector, Unit
from cms.accounts.roles import GROUPS
from cms.delivery.clients.models import ApiKey
from cms.delivery.previews.links import make, token_of
from cms.delivery.webhooks.models import Endpoint
from cms.media.models import CustomDocument
from cms.publishing.bundles.models import Bundle
from cms.publishing.erasure.actions import propose
from cms.store.projector import newest
from home.models import SiteSettings
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
    sector, unit = Sector.objects.create(name="Lĩnh vực"), Unit.objects.create(name="Đơn vị")
    page = office.article("Tin", image=make_image("cong-khai"), image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=make_document("cong-khai.txt"))]
    page.tags.add("nhãn")
    page = office.publish(office.news, page)
    directive = office.publish(office.documents, office.directive("1-CT/TU", issuers=["Cơ quan"], sector=sector))
    issuer = directive.directive_issuers.get().issuer
    plan = office.publish(office.plans, office.plan("Kế hoạch", organisation=unit))
    waiting = office.draft(office.news, office.article("Chờ"))
    office.submit(waiting)
    alias = Page.objects.get(pk=page.pk).create_alias(update_slug="bi-danh")
    bundle = Bundle.objects.create(name="Gói")
    proposal = propose("page", directive.pk, "delete", office.users["approver"], "Thừa.")
    redirect = Redirect.objects.create(old_path="/cu", redirect_link="/tin-bai/")
    link = make(waiting, office.users["editor"], "Cho người ngoài", 3)
    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(CustomDocument), uploaded_by_user=office.users["editor"],
        file=ContentFile(b"noi dung", name="cho.txt"),
    )  # fmt: skip
    newest()
    # By what the address begins with, before what its parameters are called says anything.
    begins = {
        "admin/api-keys/": ApiKey.objects.create(name="Ứng dụng", digest="0" * 64).pk,
        "admin/webhooks/": Endpoint.objects.create(name="Ứng dụng", url="https://app.example.org/", kinds=[]).pk,
        "admin/collections/": Collection.get_first_root_node().add_child(name="Kho").pk,
        "admin/documents/multiple/create_from": upload.pk, "admin/documents/multiple/delete_upload": upload.pk,
        "admin/api/main/pages/<int:pk>/action/": alias.pk, "admin/erasure/": page.pk,
        "admin/pages/<int:page_id>/convert_alias": alias.pk,
        "admin/pages/<int:page_id>/tasks": plan.pk, "admin/proposals/": proposal.pk,
        "admin/redirects/": redirect.pk, "admin/sites/": Site.objects.get().pk,
        "admin/settings/": SiteSettings.for_site(Site.objects.get()).pk,
        "admin/snippets/articles/issuer/": issuer.pk, "admin/snippets/articles/sector/": sector.pk,
        "admin/snippets/articles/unit/": unit.pk, "admin/snippets/choose/articles/issuer/": issuer.pk,
        "admin/snippets/choose/articles/sector/": sector.pk, "admin/snippets/choose/articles/unit/": unit.pk,
        "api/v2/redirects/": redirect.pk, "api/v2/images/": page.image_id,
        "api/v2/documents/": page.attachments.get().document_id,
    }  # fmt: skip
    slugs = {
        "api/v2/categories/": page.category.slug, "api/v2/issuers/": issuer.slug, "api/v2/sectors/": sector.slug,
        "api/v2/units/": unit.slug, "api/v2/tags/": page.tags.get().slug,
    }  # fmt: skip
    return {
        "begins": begins, "slugs": slugs, "preview": token_of(link), "directive": directive.pk,
        "workflow_state": waiting.workflow_states.latest("pk").pk,
        "page": page.pk, "revision": Revision.objects.filter(object_id=str(page.pk)).latest("pk").pk,
        "image": make_image().pk, "document": make_document().pk, "user": office.users["editor"].pk,
        "group": office.users["editor"].groups.get().pk, "workflow": Workflow.objects.get().pk,
        "task": Task.objects.first().pk, "category": Category.objects.first().pk,
        "bundle": bundle.pk,
    }  # fmt: skip


def value_for(parameter, route, samples):
    """A value that the address takes."""
    texts = {
        "app_label": "articles", "model_name": "tag", "app_name": "articles", "content_type_app_name": "articles",
        "content_type_model_name": "articlepage", "action": "delete", "filename": "tep.txt", "path": "a.txt",
        "uidb64": "MQ", "token": "abc", "slug": "tin", "filter_spec": "max-800x800", "signature": "x",
        "identifier": "x", "mode": "", "action_name": "approve", "field_name": "x", "hash": "x", "key": "x",
    }  # fmt: skip
    for begins, slug in samples["slugs"].items():
        if route.startswith(begins):
            return slug
    if "previews/" in route and parameter == "token":
        return samples["preview"]
    if "settings/" in route and parameter != "pk":
        return {"app_name": "home", "model_name": "sitesettings"}[parameter]
    if "bulk/" in route or "tasks/add/" in route:
        places = {"bulk/": ("wagtailcore", "page", "delete"), "tasks/add/": ("review", "reviewtask", "")}
        found = next(place for name, place in places.items() if name in route)
        return dict(zip(("app_label", "model_name", "action"), found, strict=True))[parameter]
    if "api/main/pages" in route and parameter == "action_name":
        return "convert_alias"
    if parameter == "what":
        return "page"
    if parameter in texts:
        return texts[parameter]
    if parameter == "workflow_state_id":
        return samples["workflow_state"]
    for begins, pk in samples["begins"].items():
        if route.replace("^", "").startswith(begins):
            return pk
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
    found, sessions = {}, {"nobody": {}}
    for who, user in users.items():
        client = Client()
        client.force_login(user)
        sessions[who] = {"sessionid": client.cookies["sessionid"].value}
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
                client.cookies.load(sessions[who])
                signs[method] = signs.get(method, "") + asked(client, method, address)
        row = f"{shown} | {signs['get']} | {signs['post']}"
        found.setdefault(shown, row)
    assert [row for shown, row in found.items() if "!" in row and shown not in FAILING] == []
    lines = HEADING + "\n".join(found[key] for key in sorted(found)) + "\n"
    if os.environ.get("ADDRESSES") == "write":
        TABLE.write_text(lines)
    assert lines == TABLE.read_text()
