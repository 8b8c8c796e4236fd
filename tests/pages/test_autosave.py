"""Autosave keeps half-done work and says what it could not keep."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from articles.models import DirectivePage, Issuer
from cms.accounts.roles import EDITOR, REVIEWER
from cms.pages.editing import edited_by
from tests.factories import fresh, make_image


def values_of(form):
    """What a browser would send of a form as it was opened."""
    forms = [form, *(one for formset in form.formsets.values() for one in [formset.management_form, *formset.forms])]
    values = {field.html_name: field.value() for one in forms for field in one}
    # Rich text and blocks are sent in another form than they are stored.
    as_sent = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {name: value for name, value in as_sent.items() if isinstance(value, str | int)} | {"body": "null"}


@pytest.fixture
def autosave(office, client):
    """`autosave(page, **values)` gives the parsed answer; inputs whose names no keyword can have go into `more`."""
    client.force_login(office.users[EDITOR])

    def send(page, more=(), **values):
        address = f"/admin/pages/{page.pk}/edit/"
        sent = {**values_of(client.get(address).context["form"]), "body-count": 0, **values, **dict(more)}
        return client.post(address, sent, headers={"accept": "application/json"})

    return send


def reported(response):
    answer = response.json()
    assert response.status_code == 200, answer
    return {one["name"]: one["message"] for one in json.loads(answer["field_updates"]["autosave_report"])}


def test_a_date_that_is_none_keeps_nothing_else_from_being_saved(office, autosave):
    page = office.draft(office.documents, office.directive())
    told = reported(autosave(page, subject="Trích yếu mới", issued_on="31/2/2016"))
    assert told == {"issued_on": "Nhập một ngày hợp lệ."}
    assert fresh(page).get_latest_revision_as_object().subject == "Trích yếu mới"
    assert fresh(page).get_latest_revision_as_object().issued_on is None


def test_a_row_without_its_issuer_is_named_and_left_out(office, autosave):
    page = office.draft(office.documents, office.directive())
    row = {"directive_issuers-TOTAL_FORMS": 1, "directive_issuers-0-id": "", "directive_issuers-0-issuer": ""}
    told = reported(autosave(page, {**row, "directive_issuers-0-ORDER": 1}, subject="Trích yếu mới"))
    assert set(told) == {"directive_issuers-0-issuer"}
    assert DirectivePage.objects.get(pk=page.pk).subject == "Trích yếu mới"


def test_a_row_is_kept_once_its_issuer_is_chosen(office, autosave):
    """The page in the browser takes the answer of the first autosave over into the second."""
    page, issuer = office.draft(office.documents, office.directive()), Issuer.objects.create(name="Tỉnh ủy")
    row = {"directive_issuers-TOTAL_FORMS": 1, "directive_issuers-0-id": "", "directive_issuers-0-ORDER": 1}
    answer = autosave(page, {**row, "directive_issuers-0-issuer": ""}).json()
    updates = {name: value for name, value in answer["field_updates"].items() if name != "autosave_report"}
    told = reported(autosave(page, {**row, **updates, "directive_issuers-0-issuer": issuer.pk}))
    assert told == {}
    assert [one.issuer for one in DirectivePage.objects.get(pk=page.pk).directive_issuers.all()] == [issuer]


def test_a_picture_without_alternative_text_is_kept(office, autosave):
    image = make_image()
    page = office.draft(office.news, office.article())
    body = {"body-count": 1, "body-0-type": "image", "body-0-order": 0, "body-0-id": "", "body-0-deleted": ""}
    value = {"body-0-value-image": image.pk, "body-0-value-alt": "", "body-0-value-caption": "Trồng cây"}
    told = reported(autosave(page, {**body, **value}, title="Tên khác"))
    assert set(told) == {"body-0-value-alt"}
    stored = fresh(page).get_latest_revision_as_object()
    assert stored.title == "Tên khác"
    assert stored.body[0].value["caption"] == "Trồng cây"
    assert stored.body[0].value["image"] == image


def test_what_a_person_saves_stays_strict(office, autosave, client):
    page = office.draft(office.documents, office.directive())
    address = f"/admin/pages/{page.pk}/edit/"
    sent = {
        **values_of(client.get(address).context["form"]),
        "body-count": 0,
        "subject": "Khác",
        "issued_on": "31/2/2016",
    }
    response = client.post(address, sent)
    assert "Nhập một ngày hợp lệ." in response.content.decode()
    assert fresh(page).subject != "Khác"


def test_without_a_title_nothing_can_be_stored(office, autosave):
    page = office.draft(office.news, office.article())
    assert autosave(page, title="").status_code == 400


def test_an_error_in_a_cell_of_a_table_is_told_at_the_table(office, autosave):
    page = office.draft(office.news, office.article())
    value = {
        "body-count": 1, "body-0-type": "table", "body-0-order": 0, "body-0-id": "", "body-0-deleted": "",
        "body-0-value-column-count": 1, "body-0-value-row-count": 1, "body-0-value-caption": "Bảng",
        "body-0-value-column-0-deleted": "", "body-0-value-column-0-order": 0, "body-0-value-column-0-type": "numeric",
        "body-0-value-column-0-heading": "Số", "body-0-value-row-0-deleted": "", "body-0-value-row-0-order": 0,
        "body-0-value-cell-0-0": "12a",
    }  # fmt: skip
    told = reported(autosave(page, value, title="Tên khác"))
    assert set(told) == {"body-0-value"} or set(told) == {"body"}
    assert fresh(page).get_latest_revision_as_object().title == "Tên khác"


def test_a_number_that_is_too_large_is_not_stored(office, autosave):
    page = office.draft(office.plans, office.plan(tasks=[{"title": "Việc", "progress": 40}]))
    told = reported(
        autosave(
            page,
            {"tasks-0-progress": "99999", "tasks-0-description": "null"},
            introduction="null",
            previous_results="null",
            previous_limitations="null",
        )
    )
    assert "tasks-0-progress" in told
    assert fresh(page).get_latest_revision_as_object().tasks.get().progress == 40


def test_an_event_of_validity_without_its_date_is_left_out(office, autosave):
    page = office.draft(office.documents, office.directive())
    row = {"validity_events-TOTAL_FORMS": 1, "validity_events-0-id": "", "validity_events-0-ORDER": 1}
    told = reported(
        autosave(page, {**row, "validity_events-0-kind": "suspended", "validity_events-0-date": "31/2"}, subject="Khác")
    )
    assert "validity_events-0-date" in told
    assert fresh(page).subject == "Khác"
    assert fresh(page).validity_events.count() == 0


def test_a_form_without_its_counts_changes_nothing(office, autosave):
    page = office.draft(office.documents, office.directive(issuers=["Tỉnh ủy"]))
    response = autosave(page, {"directive_issuers-TOTAL_FORMS": ""}, subject="Khác")
    assert response.status_code == 400
    assert fresh(page).directive_issuers.count() == 1


@pytest.mark.parametrize("live", [False, True])
def test_one_that_is_overtaken_by_the_submission_stores_nothing(office, live):
    """It was on its way when the form was sent, and comes after it: as on a busy machine, with two processes."""
    page = office.draft(office.news, office.article("Tin"))
    if live:
        office.approve(page)
    late = fresh(page).get_latest_revision_as_object()
    office.revise(page, title="Tin đã sửa xong")
    office.submit(page)
    late.title = "Tin sửa dở"
    request = RequestFactory().post("/", headers={"accept": "application/json"})
    with edited_by(request):
        with pytest.raises(PermissionDenied):
            late.save()
        with pytest.raises(PermissionDenied):
            late.save_revision(user=office.users[EDITOR])
    state = fresh(page).current_workflow_task_state
    assert fresh(page).latest_revision_id == state.revision_id
    assert fresh(page).get_latest_revision_as_object().title == "Tin đã sửa xong"
    office.decide(page, REVIEWER)
