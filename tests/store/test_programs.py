"""Two versions of the program beside each other: the newest makes the forms anew, the other takes them as they are."""

import pytest
from django.core.management import CommandError, call_command

from cms.store import version
from cms.store.models import ChangeLogHead, Form, Item
from cms.store.refreshing import refresh_for_a_while

NEWER = "of a newer one"
OWN = version.projection_version()


@pytest.fixture
def made_by(news, since):
    """`made_by(version)` stores the form of the article as that version made it."""

    def make(name):
        Item.objects.filter(page_id=news.pk).update(version=name)
        form = Form.objects.get(item__page_id=news.pk)
        for text in ("detail", "listing"):
            setattr(form, text, getattr(form, text).replace("Tin đầu", "Tin của phiên bản khác"))
        form.save()
        return news.pk

    return make


def programs():
    return ChangeLogHead.objects.get(pk=1).programs


def title(api, pk):
    return api(f"pages/{pk}/")["title"]


def test_the_newest_makes_anew_what_others_have_made(api, made_by):
    pk = made_by("of an older one")
    assert title(api, pk) == "Tin đầu"
    assert Item.objects.get(page_id=pk).version == OWN


def test_an_older_one_takes_what_the_newest_has_made(api, made_by, since):
    pk = made_by(NEWER)
    ChangeLogHead.objects.update(programs=[OWN, NEWER])
    since()
    assert title(api, pk) == "Tin của phiên bản khác"
    assert "Tin đầu" not in [page["title"] for page in api("pages/")["items"]]
    refresh_for_a_while()
    assert Item.objects.get(page_id=pk).version == NEWER
    assert since() == []
    assert programs() == [OWN, NEWER]


def test_an_older_one_publishes_all_the_same(api, office, news):
    ChangeLogHead.objects.update(programs=[OWN, NEWER])
    other = office.publish(office.news, office.article("Tin khác"))
    assert title(api, other.pk) == "Tin khác"
    Item.objects.filter(page_id=other.pk).update(stale=True)
    assert title(api, other.pk) == "Tin khác"
    assert not Item.objects.get(page_id=other.pk).stale


def test_an_older_one_takes_nothing_for_wrong_and_says_so(client, made_by):
    pk = made_by(NEWER)
    ChangeLogHead.objects.update(programs=[OWN, NEWER])
    for command in ("check_store", "rebuild_store"):
        with pytest.raises(CommandError, match="another version"):
            call_command(command)
    assert Item.objects.get(page_id=pk).version == NEWER
    assert client.get("/readyz").json()["checks"]["version"] == "another version of the program makes the forms"


def test_one_that_was_never_seen_is_the_newest(api, made_by):
    pk = made_by("of an older one")
    ChangeLogHead.objects.update(programs=["of an older one"])
    assert title(api, pk) == "Tin đầu"
    assert programs() == ["of an older one", OWN]


def test_who_goes_back_to_an_older_one_migrates(api, made_by):
    pk = made_by(NEWER)
    ChangeLogHead.objects.update(programs=[OWN, NEWER])
    call_command("migrate", verbosity=0)
    assert programs() == [NEWER, OWN]
    assert title(api, pk) == "Tin đầu"
