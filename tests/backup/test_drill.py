"""The drill: back up while people work, restore elsewhere, also into the other database, and prove it the same."""

import json
import threading
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from wagtail.contrib.redirects.models import Redirect

from articles.models import ArticleAttachment
from cms.backup.making import make
from cms.store.projector import newest
from tests.backup.answers import answers, epoch
from tests.factories import Office, make_document
from tests.installation import Installation, another_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def in_no_order(answers):
    """The two databases weigh what is found differently."""
    for path, answer in answers.items():
        if path.startswith("search/"):
            answer["items"].sort(key=lambda item: item["id"])
    return answers


def test_the_drill(tmp_path):
    office = Office()
    page = office.article("Tin có tệp")
    page.attachments = [ArticleAttachment(document=make_document("so-lieu.txt", "Số liệu ½ 𝄞".encode()))]
    office.publish(office.news, page)
    office.publish(office.documents, office.directive())
    Redirect.objects.create(old_path="/cu", redirect_page=office.news)
    key = pyrage.x25519.Identity.generate()
    identity = tmp_path / "key"
    identity.write_text(f"# of the drill\n{key}\n")

    stop, failures = threading.Event(), []

    def work():
        try:
            number = 0
            while not stop.is_set():
                number += 1
                office.publish(office.news, office.article(f"Tin trong lúc sao lưu {number}"))
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        archives = [make(tmp_path / f"under load {number}", [str(key.to_public())]) for number in range(3)]
    finally:
        stop.set()
        worker.join()
    assert failures == []
    # What is restored of these is whole, whatever was going on.
    busy = Installation(tmp_path / "busy")
    said = busy.manage("restore", archives[1], "--identity", identity)
    busy.manage("verify", *said.split("`manage.py verify ")[1].split("`")[0].split())

    newest()
    before, old_epoch = answers(), epoch()
    archive = make(tmp_path / "quiet", [str(key.to_public())])
    elsewhere = Installation(tmp_path / "elsewhere")
    said = elsewhere.manage("restore", archive, "--identity", identity)
    elsewhere.manage("verify", *said.split("`manage.py verify ")[1].split("`")[0].split())
    found = elsewhere.answers()
    before = json.loads(json.dumps(before))
    if connection.vendor == "sqlite":
        assert found["answers"] == before
    else:
        assert in_no_order(found["answers"]) == in_no_order(before)
    assert found["epoch"] != old_epoch

    # And back: from SQLite into the database that the tests run on.
    elsewhere.manage("backup", "--to", tmp_path / "again", "--recipient", str(key.to_public()))
    (again,) = (tmp_path / "again").glob("portal-*.tar.age")
    back = Installation(tmp_path / "back", another_database())
    back.manage("restore", again, "--identity", identity)
    back.manage("verify")
    assert in_no_order(back.answers()["answers"]) == in_no_order(found["answers"])
    assert (back.folder / "record-keys").stat().st_mode & 0o077 == 0
    assert Path(back.folder / "media").is_dir()
