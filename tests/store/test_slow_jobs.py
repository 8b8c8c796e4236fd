"""What may take minutes is done beside the schedule, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F

from cms.store.models import ChangeLogHead, Form, Item
from tests.factories import Office
from tests.store.test_faults import ROOT, database_url


def children_of(pid):
    """The processes that a process has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return found


@contextmanager
def running(command, option, folder):
    """A process of this command on the database of the test, which ends well when it is told to."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": database_url(),
        "CHANGE_COUNTER": str(folder / "counter"),
    }
    process = subprocess.Popen([sys.executable, "manage.py", command, option], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def wait_until_fresh(seconds):
    """Waits until no form is stale; fails after so many seconds."""
    end = time.monotonic() + seconds
    while Item.objects.filter(stale=True).exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not Item.objects.filter(stale=True).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_many_show_is_brought_up_to_date_long_before_the_next_look(tmp_path):
    office = Office()
    page = office.put_live(office.news, office.article("Tin"))
    Item.objects.filter(page_id=page.pk).update(stale=True)
    with running("run_slow_jobs", "--interval=120", tmp_path):
        wait_until_fresh(60)
        for _ in range(2):
            with transaction.atomic():
                Item.objects.filter(page_id=page.pk).update(stale=True)
                ChangeLogHead.objects.update(generation=F("generation") + 1)
            wait_until_fresh(30)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_schedule_starts_it_and_ends_it(tmp_path):
    office = Office()
    page = office.put_live(office.news, office.article("Tin"))
    Item.objects.filter(page_id=page.pk).update(stale=True)
    Form.objects.filter(item__page_id=page.pk).update(detail="{}")
    with running("run_schedule", "--interval=0.2", tmp_path) as schedule:
        end = time.monotonic() + 60
        wait_until_fresh(60)
        (slow,) = children_of(schedule.pid)
        # One that dies is started anew.
        os.kill(slow, signal.SIGKILL)
        while children_of(schedule.pid) in ([slow], []) and time.monotonic() < end:
            time.sleep(0.1)
        (again,) = children_of(schedule.pid)
    assert not Path(f"/proc/{again}").exists()
