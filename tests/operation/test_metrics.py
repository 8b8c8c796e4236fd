"""What Prometheus reads."""

import re

import pytest
from django.db import OperationalError, connection

from cms.accounts.roles import EDITOR


def values(text, name):
    """`{labels: value}` of a metric."""
    return {labels: float(value) for labels, value in re.findall(rf"^{name}({{.*}})? (\S+)$", text, re.MULTILINE)}


def test_what_it_tells(client, office):
    office.submit(office.draft(office.news, office.article("Chờ duyệt")))
    client.get("/api/v2/pages/")
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    (count,) = values(text, "portal_reviews").values()
    assert count == 1
    assert values(text, "portal_waiting").keys() == {'{part="projector"}', '{part="queue"}', '{part="webhooks"}'}
    assert values(text, "portal_disk_free_bytes")[""] > 0
    seen = values(text, "django_http_responses_total_by_status_view_method_total")
    assert any('view="api:pages:listing"' in labels and 'status="200"' in labels for labels in seen)


@pytest.mark.parametrize(
    "asked",
    [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=127.0.0.1"}],
    ids=["elsewhere", "by a proxy", "by another proxy"],
)
def test_it_is_for_this_machine_alone(client, db, asked):
    assert client.get("/metrics", **asked).status_code == 404


def test_with_a_key_it_is_for_whoever_has_it(client, db, settings):
    settings.METRICS_KEY = "a-key-for-metrics"
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics").status_code == 404, "not even for this machine"
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer another", **elsewhere).status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer a-key-for-metrics", **elsewhere).status_code == 200


def test_nobody_is_named_in_it(client, office, login):
    login(EDITOR).get("/admin/account/")
    text = client.get("/metrics").content.decode()
    assert office.users[EDITOR].username not in text
    assert office.users[EDITOR].email not in text


def test_without_a_database_it_tells_what_needs_none(client, db):
    def refuse(*_arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        response = client.get("/metrics")
    assert response.status_code == 200
    assert values(response.content.decode(), "portal_disk_free_bytes")
