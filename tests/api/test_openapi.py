"""The description of the API says what the API does: no answer that it does not describe."""

import compileall
import json
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import expect
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cms.api.openapi.build import document
from cms.delivery.previews.links import make, token_of
from cms.router import NAMED
from tests.api.test_golden import requests, site  # noqa: F401
from tests.chromium import content_width
from tests.delivery.cache.conftest import kept_connection  # noqa: F401
from tests.factories import Office, fresh
from tests.site.conftest import build_pages

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def described(db):
    return document(NAMED, "http://localhost")


def schema_of(described, path, whole=True):
    """The schema of the 200 of an operation, with everything that it refers to.

    Of pages the `whole` one, not what `fields` makes of it.
    """
    schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    if whole and "anyOf" in schema:
        schema = {"anyOf": [one for one in schema["anyOf"] if not one["$ref"].endswith("PagePart")]}
    return {**schema, "components": described["components"]}


def operation_of(path):
    """The path of the description that answers a path of the API."""
    return f"/api/v2/{path}"


def test_it_is_served_and_is_openapi_3_1(described):
    served = Client().get("/api/v2/openapi.json").json()
    assert served["openapi"] == "3.1.0"
    assert served == json.loads(json.dumps(described))
    documented = {name for name, _viewset in NAMED}
    assert {path.split("/")[3] for path in served["paths"]} == documented
    for schema in served["components"]["schemas"].values():
        jsonschema_rs.validator_for({**schema, "components": served["components"]})


def test_every_answer_is_one_that_is_described(described, site, api):  # noqa: F811
    for name, path, parameters in requests(site):
        schema = schema_of(described, operation_of(path), whole="fields" not in parameters)
        validator = jsonschema_rs.validator_for(schema)
        assert list(validator.iter_errors(api(path, **parameters))) == [], name


def test_it_is_precise(described, site, api):  # noqa: F811
    """What is left out or of another type is noticed."""
    validator = jsonschema_rs.validator_for(schema_of(described, "/api/v2/pages/{pk}/"))
    form = api("pages/lookup/", path=site["article"])
    assert validator.is_valid(form)
    for name in form:
        assert not validator.is_valid({key: value for key, value in form.items() if key != name}), name
    assert not validator.is_valid({**form, "published_on": 5})
    broken = json.loads(json.dumps(form))
    broken["body"][0]["value"]["level"] = 7
    assert not validator.is_valid(broken)


def test_a_part_of_a_page_is_described(described, site, api):  # noqa: F811
    """What `fields` leaves of a page is not the whole page, and is described all the same."""
    form = api("pages/lookup/", path=site["article"], fields="-first_published_at,-body")
    path = "/api/v2/pages/lookup/"
    assert not jsonschema_rs.validator_for(schema_of(described, path)).is_valid(form)
    assert jsonschema_rs.validator_for(schema_of(described, path, whole=False)).is_valid(form)


def test_every_parameter_that_the_listing_knows_is_described(described, api):
    listing = {one["name"] for one in described["paths"]["/api/v2/pages/"]["get"]["parameters"]}
    from cms.api import registry
    from cms.api.views.pages import PagesViewSet

    assert listing == PagesViewSet.listing_parameters | registry.filters.keys()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_schemathesis_finds_no_undocumented_answer():
    office = Office()
    page = office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"]))
    office.publish(office.news, office.article("Tin"))
    token = token_of(make(fresh(page), office.users["editor"], "Thử", 3))
    described = document(NAMED)
    # A browser's page of documents is no place for 30 seconds of waiting.
    described["paths"]["/api/v2/changes/"]["get"]["parameters"] = [
        one for one in described["paths"]["/api/v2/changes/"]["get"]["parameters"] if one["name"] != "wait"
    ]
    described["paths"]["/api/v2/previews/{token}/"]["get"]["parameters"][0]["schema"]["example"] = token
    api = schemathesis.openapi.from_dict(described)
    api.app = get_wsgi_application()
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    operations = [result.ok() for result in api.get_all_operations()]
    assert len(operations) == sum(len(methods) for methods in described["paths"].values())
    for operation in operations:

        @settings(
            max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(app=api.app, checks=checks, headers={"Accept-Encoding": "identity"})

        ask()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_people_read_it_without_any_foreign_asset(live_server, open_page):
    for width in (360, 1280):
        page = open_page(width=width)
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{live_server.url}/api/v2/docs/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("heading", name="GET /api/v2/pages/lookup/")).to_be_visible()
        assert content_width(page) <= width
        assert [url for url in asked if not url.startswith(live_server.url)] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_generated_client_compiles_and_reads_everything(live_server, tmp_path, monkeypatch):
    office = Office()
    build_pages(office)
    (tmp_path / "openapi.json").write_text(json.dumps(document(NAMED)))
    command = [
        "openapi_python_client",
        "generate",
        "--path",
        "openapi.json",
        "--output-path",
        "portal_client",
        "--meta",
        "none",
    ]
    subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, check=True, capture_output=True)
    assert compileall.compile_dir(tmp_path / "portal_client", quiet=2)
    monkeypatch.syspath_prepend(tmp_path)
    from portal_client import Client as PortalClient
    from portal_client import models
    from portal_client.api.default import changes_listing, pages_detail, pages_listing

    client = PortalClient(base_url=live_server.url)
    listed = pages_listing.sync(client=client, limit=100)
    kinds = set()
    for item in listed.items:
        page = pages_detail.sync(item.id, client=client)
        kinds.add(type(page).__name__)
        if isinstance(page, models.ArticlePage):
            assert {type(block).__name__ for block in page.body} >= {"HeadingBlock", "TableBlock", "KeyFiguresBlock"}
    assert kinds >= {"ArticlePage", "DirectivePage", "TaskPlanPage", "StandardPage", "HomePage"}
    assert changes_listing.sync(client=client, limit=10).meta.more is True
    assert isinstance(pages_detail.sync(999999, client=client), models.Problem)
