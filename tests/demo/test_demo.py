"""The demo shows what the product can, and says what is invented."""

import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from pypdf import PdfReader
from wagtail.models import Page, PageLogEntry

from articles.blocks import BodyBlock
from articles.directives.models import RelationKind
from articles.models import ArticlePage, DirectivePage, TaskPlanPage
from articles.plans.timeliness import Timeliness
from demo.content.office import ILLUSTRATION

pytestmark = pytest.mark.slow


@pytest.fixture
def said(db, settings, tmp_path):
    """The demo's password; the demo is made once for all that is asked of it, since it takes long."""
    settings.DATA_DIR = tmp_path
    call_command("load_demo", stdout=io.StringIO())
    return json.loads((tmp_path / "demo-accounts.json").read_text())["password"]


def test_the_demo(said, api, client, monkeypatch):
    check_documents(api)
    check_files()
    check_plans_and_articles(api, client)
    check_workflow(api)
    check_made_once(said, monkeypatch)


def everything(api, **parameters):
    return api("pages/", fields="*", limit=100, **parameters)["items"]


def check_documents(api):
    """Forty at least, in every state, with every relation; what is invented says so."""
    documents = everything(api, type="articles.DirectivePage")
    assert len(documents) >= 40
    complete = [one for one in documents if one["files"] and one["body"]]
    assert len(complete) >= 12
    kinds = {relation["kind"]["code"] for one in documents for relation in one["relations"]}
    assert kinds == set(RelationKind.values)
    states = {one["validity"]["code"] for one in documents}
    assert {"in_force", "partly_expired", "expired", "not_yet", "partly_suspended", "unsuitable"} <= states
    for one in documents:
        if any(issuer["name"].startswith("Ban ") and issuer["name"].endswith("Tỉnh ủy") for issuer in one["issuers"]):
            assert ILLUSTRATION in one["body"] + one["availability_note"], one["title"]


def check_files():
    """They are set as official documents."""
    rows = [page.directive_files.get() for page in DirectivePage.objects.filter(directive_files__isnull=False)]
    for row in rows:
        document = row.document
        with document.open_file() as file:
            sheet = PdfReader(file).pages[0]
            text = sheet.extract_text()
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
        assert row.page.subject[:30] in " ".join(text.split())
        assert ILLUSTRATION in text
        assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842], "A4"
        assert document.is_read
        assert document.pages == 1


def check_plans_and_articles(api, client):
    """Tasks in every state, articles with every block; the report leads to the plan and back."""
    plans = everything(api, type="articles.TaskPlanPage")
    assert {task["timeliness"]["code"] for plan in plans for task in plan["tasks"]} == set(Timeliness.values)
    articles = everything(api, type="articles.ArticlePage")
    blocks = {block["type"] for article in articles for block in article["body"]}
    assert blocks == set(BodyBlock().child_blocks)
    report = ArticlePage.objects.get(title__startswith="Sáu tháng đầu năm 2021")
    plan = TaskPlanPage.objects.get(period="2021-H2")
    assert plan.get_url() in client.get(report.get_url()).content.decode()
    assert report.get_url() in client.get(plan.get_url()).content.decode()


def check_workflow(api):
    """Everything went through it, and the facts of the old page are as they stand there."""
    report = ArticlePage.objects.get(byline="Lý Thị Vinh")
    people = PageLogEntry.objects.filter(page=report.pk).exclude(user=None).values_list("user__username", flat=True)
    assert {"editor", "reviewer", "approver"} == set(people)
    form = api(f"pages/{report.pk}/")
    assert len(form["directives"]) == 13
    assert "10.948" in str(form["body"])
    plan = api("pages/", type="articles.TaskPlanPage", period="2021-H2", fields="*")["items"][0]
    assert len(plan["tasks"]) == 5
    assert {task["timeliness"]["code"] for task in plan["tasks"]} == {"no_deadline"}
    # It is what its record says.
    call_command("verify_publications")
    call_command("verify_audit_log")
    # It invents nothing: what the old page does not say is null; the odd spelling of no. 1 is kept.
    found = api("pages/", type="articles.DirectivePage", reference="18-CT/TW", fields="*")["items"][0]
    assert found["issued_on"] is None
    assert found["issuers"] == []
    assert found["files"] == []
    assert found["reference_as_printed"] == "18 - CT/TW"
    first = api("pages/", type="articles.DirectivePage", reference="16-CT/TTg", fields="*")["items"][0]
    assert first["reference"] == "16-CT/TTg"


def check_made_once(password, monkeypatch):
    """A second run adds nothing, and a password of one's own counts."""
    count = Page.objects.count()
    call_command("load_demo")
    assert Page.objects.count() == count
    editor = get_user_model().objects.get(username="editor")
    assert editor.check_password(password)
    monkeypatch.setenv("DEMO_PASSWORD", "khac-hon-1")
    call_command("load_demo")
    editor.refresh_from_db()
    assert editor.check_password("khac-hon-1")
