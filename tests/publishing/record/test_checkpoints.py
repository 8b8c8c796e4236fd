"""Once a day the end of the record is told to places outside of the installation."""

import socket

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from cms.core.due import do_what_is_due
from cms.publishing.record import checkpoints
from cms.publishing.record.models import RecordHead, RecordKind
from cms.publishing.record.write import record
from cms.settings import environment


@pytest.fixture
def file(db, settings, tmp_path):
    """Where it is told, after one entry."""
    path = tmp_path / "checkpoints"
    settings.RECORD_CHECKPOINTS = [f"file:{path}"]
    record(RecordKind.MOVED, subject="Trang")
    return path


def test_it_is_told_once_a_day(file, clock, django_capture_on_commit_callbacks):
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert do_what_is_due() == 0
    head = RecordHead.objects.get()
    (line,) = file.read_text().splitlines()
    assert f" {head.seq}:{head.hash} " in line
    clock(hours=25)
    with django_capture_on_commit_callbacks(execute=True):
        do_what_is_due()
    assert len(file.read_text().splitlines()) == 2


def test_by_mail(file, settings):
    settings.RECORD_CHECKPOINTS = ["mail:luu-tru@example.org"]
    checkpoints.send()
    (letter,) = mail.outbox
    assert letter.to == ["luu-tru@example.org"]
    assert RecordHead.objects.get().hash in letter.body


def test_by_syslog(file, settings):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        settings.RECORD_CHECKPOINTS = [f"syslog:127.0.0.1:{server.getsockname()[1]}"]
        checkpoints.send()
        assert RecordHead.objects.get().hash.encode() in server.recv(2000)


def test_one_place_that_fails_keeps_nothing_from_the_others(file, settings, caplog):
    settings.RECORD_CHECKPOINTS = ["file:/nowhere/at/all", *settings.RECORD_CHECKPOINTS]
    checkpoints.send()
    assert len(file.read_text().splitlines()) == 1
    assert "could not be sent to file" in caplog.text


@pytest.mark.parametrize("value", ["luu-tru@example.org", "ftp:there", "mail"])
def test_a_place_that_makes_no_sense(monkeypatch, value):
    monkeypatch.setenv("RECORD_CHECKPOINTS", value)
    with pytest.raises(ImproperlyConfigured, match="RECORD_CHECKPOINTS"):
        environment.targets("RECORD_CHECKPOINTS", ("mail", "file", "syslog"))
