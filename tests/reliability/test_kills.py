"""200 acts of an office (publications, uploads, proposals) while processes are killed at random moments: nothing that
was answered is lost, nothing happens twice or by half, and everything can be proved afterwards.
"""

import os
import random
import re
import signal
import sys
import threading
import time

import pytest

from tests.installation import Away, form_of

pytestmark = [pytest.mark.slow, pytest.mark.alone]

PUBLICATIONS, UPLOADS, HIDDEN = 120, 40, 20
# As long as somebody goes on who finds the portal away.
PATIENCE = 120


def insist(act):
    """Do `act()` until it gives something, as somebody does who finds the portal away: look, and try again."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            done = act()
        except Away:
            done = None
        if done is not None:
            return done
        assert time.monotonic() < end
        time.sleep(0.2)


class Acts:
    """What three people do at the same time; `failed` says what went wrong, `answered` what they were told."""

    def __init__(self, served, content):
        self.served, self.content = served, content
        self.failed, self.uploaded, self.done = [], {}, 0

    def publish(self):
        approver = insist(lambda: self.served.person("approver"))
        for pk in self.content["waiting"]:
            insist(lambda pk=pk: self._approve(approver, pk))
            self.done += 1

    def _approve(self, approver, pk):
        answer = approver.get(f"/admin/pages/{pk}/review/")
        if answer.status >= 500:
            return self._note(answer)
        if answer.status == 302 or b'name="task_state"' not in answer.content:
            return True
        form = form_of(answer, "task_state")
        answer = approver.post(f"/admin/pages/{pk}/review/", {**form, "approve": "1"})
        return True if answer.status == 302 else self._note(answer)

    def upload(self):
        editor = insist(lambda: self.served.person("editor"))
        for number in range(UPLOADS):
            content = f"Số liệu thứ {number} ".encode() * 500
            insist(lambda number=number, content=content: self._upload(editor, number, content))
            self.done += 1

    def _upload(self, editor, number, content):
        answer = editor.upload("/admin/documents/multiple/add/", f"so-lieu-{number}.txt", content, title=f"Số {number}")
        if answer.status >= 500 or not answer.json().get("success"):
            return self._note(answer)
        self.uploaded[answer.json()["doc_id"]] = content
        return True

    def hide(self):
        reviewer, approver = (insist(lambda name=name: self.served.person(name)) for name in ("reviewer", "approver"))
        for pk in self.content["live"]:
            insist(lambda pk=pk: self._hide(reviewer, pk))
            self.done += 1
            insist(lambda pk=pk: self._restore(approver, pk))
            self.done += 1

    def _hide(self, reviewer, pk):
        answer = reviewer.get(f"/admin/pages/{pk}/take-down/")
        if answer.status >= 500:
            return self._note(answer)
        if b'name="takedown-kind"' not in answer.content:
            return True
        form = {
            **form_of(answer, "takedown-kind"),
            "takedown-kind": "hidden",
            "takedown-reason": "Số sai.",
            "begin": "1",
        }
        answer = reviewer.post(f"/admin/pages/{pk}/take-down/", form)
        return True if answer.status == 302 else self._note(answer)

    def _restore(self, approver, pk):
        answer = approver.get(f"/admin/pages/{pk}/take-down/")
        if answer.status >= 500:
            return self._note(answer)
        if b'name="takedown-kind"' in answer.content:
            return True
        path = answer.headers["Location"] if answer.status == 302 else f"/admin/pages/{pk}/take-down/"
        answer = approver.get(path)
        if b'name="refuse"' not in answer.content:
            return True
        form = {**form_of(answer, "refuse"), "refuse": "1", "reason": "Số đúng."}
        answer = approver.post(path, form)
        return True if answer.status == 302 else self._note(answer)

    def _note(self, answer):
        # Busy is an answer that asks to come again.
        if answer.status != 503:
            self.failed.append((answer.status, answer.text[:300]))

    def carry_out(self, *acts):
        def guarded(act):
            try:
                act()
            except Exception as error:
                self.failed.append(repr(error))

        threads = [threading.Thread(target=guarded, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        return threads


def test_nothing_is_lost_where_processes_are_killed(portal):
    served, content = portal.served, portal.pages(PUBLICATIONS, HIDDEN)
    acts, killed, dice = Acts(served, content), 0, random.Random(13)
    threads = acts.carry_out(acts.publish, acts.upload, acts.hide)
    while any(thread.is_alive() for thread in threads):
        time.sleep(dice.uniform(0.1, 1))
        if not acts.done:
            continue
        os.kill(dice.choice(served.pids()), signal.SIGKILL)
        killed += 1
        time.sleep(0.5)
        # Else it is killed before it has started, and nobody gets anything done. A server whose workers die too often
        # ends by itself, a moment later.
        served.wait(restarting=True)
    assert acts.failed == []
    assert acts.done == PUBLICATIONS + UPLOADS + 2 * HIDDEN == 200
    assert killed >= 10
    sys.stdout.write(f"{killed} kills in {acts.done} acts\n")
    look(served, content, acts.uploaded)


def look(served, content, uploaded):
    """Everything that was answered is there, once."""
    reader, editor = served.person(), served.person("editor")
    for pk in [*content["waiting"], *content["live"]]:
        assert reader.get(f"/api/v2/pages/{pk}/").status == 200
    feed, since = [], 0
    while rows := reader.get(f"/api/v2/changes/?since={since}&limit=1000").json()["items"]:
        feed += rows
        since = rows[-1]["seq"]
    assert [row["seq"] for row in feed] == list(range(1, len(feed) + 1))
    for pk in content["waiting"]:
        assert [row["kind"] for row in feed if row["id"] == pk] == ["published"]
    assert len(uploaded) == UPLOADS
    for pk, bytes_sent in uploaded.items():
        # Of one that was stored, but not answered, the next try has another name.
        (address,) = set(re.findall(rf"/documents/{pk}/[^\"]+", editor.get(f"/admin/documents/edit/{pk}/").text))
        assert editor.get(address).content == bytes_sent


def test_nobody_is_left_behind_by_who_was_killed(portal):
    """A web server, or a schedule, whose first process is gone takes its others with it."""
    served = portal.served
    # Also while they start.
    for seconds in (0, 0.5, 1.5, 3):
        served.start()
        time.sleep(seconds)
        before = served.pids()
        for process in served.processes.values():
            process.kill()
            process.wait()
        end = time.monotonic() + 20
        while left := [pid for pid in before if alive(pid)]:
            assert time.monotonic() < end, left
            time.sleep(0.1)
    served.start()
    served.wait()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
