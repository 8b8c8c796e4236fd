"""Webhooks in the admin: for administrators; the secret is shown once."""

import re

import pytest
from django.urls import reverse

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.delivery.webhooks.delivering import deliver
from cms.delivery.webhooks.models import Delivery, Endpoint
from cms.publishing.record.models import RecordEntry
from tests.factories import fresh

DATA = {"name": "Cổng khác", "url": "https://hooks.example.org/x", "is_active": "on"}


def test_an_administrator_makes_one_and_sees_its_secret_once(office, login):
    client = login(ADMIN)
    data = {
        **DATA,
        "kinds": ["published", "deleted"],
        "types": ["articles.DirectivePage"],
        "owner": office.users[ADMIN].pk,
    }
    response = client.post(reverse("webhooks:add"), data, follow=True)
    endpoint = Endpoint.objects.get()
    assert (endpoint.kinds, endpoint.types) == (["published", "deleted"], ["articles.DirectivePage"])
    assert endpoint.secret in response.content.decode()
    url = reverse("webhooks:inspect", args=[endpoint.pk])
    assert endpoint.secret not in client.get(url).content.decode()
    assert endpoint.secret not in client.get(reverse("webhooks:edit", args=[endpoint.pk])).content.decode()
    assert client.get(reverse("webhooks:index")).status_code == 200
    assert endpoint.secret not in str(list(RecordEntry.objects.values_list("data", flat=True)))
    assert RecordEntry.objects.filter(data__model="webhooks.Endpoint").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "http://10.0.0.1/"), ("url", "x"), ("name", ""), ("kinds", "burned"), ("types", "wagtailcore.Page")],
)
def test_what_makes_no_sense_is_said_at_the_field(office, login, field, value):
    response = login(ADMIN).post(reverse("webhooks:add"), {**DATA, field: value})
    assert field in response.context["form"].errors
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, APPROVER])
def test_nobody_else_sees_them(office, login, role):
    endpoint = Endpoint.objects.create(name="Một", url="https://hooks.example.org/x")
    client = login(role)
    for name, args in (("index", []), ("add", []), ("edit", [endpoint.pk]), ("inspect", [endpoint.pk])):
        assert client.get(reverse(f"webhooks:{name}", args=args)).status_code == 302, name
    client.post(reverse("webhooks:inspect", args=[endpoint.pk]), {"test": 1})
    assert not Delivery.objects.exists()


def test_a_test_a_new_secret_and_what_is_sent_again(office, endpoint, receiver, login):
    client, url = login(ADMIN), reverse("webhooks:inspect", args=[endpoint.pk])
    client.post(url, {"test": 1})
    deliver(endpoint.pk)
    assert '"type":"test"' in receiver.got[0][1]
    old = Endpoint.objects.get(pk=endpoint.pk).secret
    content = client.post(url, {"rotate": 1}, follow=True).content.decode()
    stored = Endpoint.objects.get(pk=endpoint.pk)
    assert stored.old_secret == old
    assert re.search("whsec_[A-Za-z0-9+/=]+", content).group() == stored.secret != old
    content = client.get(url).content.decode()
    assert "204" in content
    client.post(url, {"again": Delivery.objects.get().pk})
    deliver(endpoint.pk)
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]
    for wrong in ({"again": "x"}, {"again": "²"}, {"again": "99999"}, {}):
        assert client.post(url, wrong).status_code in {302, 404}


def test_what_happens_while_it_is_off_arrives_when_it_is_on_again(office, endpoint, receiver, login):
    client = login(ADMIN)
    edit = reverse("webhooks:edit", args=[endpoint.pk])
    data = {**DATA, "url": endpoint.url, "types": endpoint.types, "owner": office.users[ADMIN].pk}
    off = {name: value for name, value in data.items() if name != "is_active"}
    assert client.post(edit, off).status_code == 302
    page = office.publish(office.news, office.article("Tin"))
    deliver(endpoint.pk)
    assert receiver.got == []
    client.post(edit, data)
    deliver(endpoint.pk)
    assert len(receiver.got) == 1
    assert fresh(page).live


def test_an_address_in_vietnamese_is_kept_in_ascii(office, login):
    response = login(ADMIN).post(
        reverse("webhooks:add"), {**DATA, "url": "https://cổng.vn/đường", "owner": office.users[ADMIN].pk}
    )
    assert response.status_code == 302, response.context["form"].errors
    assert Endpoint.objects.get().url == "https://xn--cng-qmz.vn/%C4%91%C6%B0%E1%BB%9Dng"
