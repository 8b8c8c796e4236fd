"""An office at its busiest: 50 people save drafts, 20 approve, 5 upload, each with 20 seconds of thought between two
acts.
"""

import random
import statistics
import sys
import threading
import time

import pytest

from tests.installation import form_of

pytestmark = [pytest.mark.slow, pytest.mark.alone]

EDITORS, APPROVERS, UPLOADERS = 50, 20, 5
THOUGHT, SECONDS = 20, 50


class Day:
    """What everybody does, and what they are told."""

    def __init__(self, portal, content):
        self.served, self.content = portal.served, content
        self.people, self.failed, self.saved, self.approved = [], [], {}, []
        self.end = time.monotonic() + SECONDS

    def person(self, username):
        somebody = self.served.person()
        somebody.cookies["sessionid"] = self.content["sessions"][username]
        somebody.get("/admin/account/")
        somebody.seconds.clear()
        self.people.append(somebody)
        return somebody

    def work(self, act):
        """Do it again and again, each at a pace of their own."""
        dice = random.Random(id(act))
        time.sleep(dice.uniform(0, THOUGHT))
        while time.monotonic() < self.end:
            try:
                act()
            except Exception as error:
                self.failed.append(repr(error)[:500])
            time.sleep(dice.uniform(0.5, 1.5) * THOUGHT)

    def editor(self, username, pk):
        person, count = self.person(username), [0]

        def save():
            path = f"/admin/pages/{pk}/edit/"
            form = form_of(person.get(path), "title")
            count[0] += 1
            title = f"Nháp của {username}, lần {count[0]}"
            # The blocks of the body, of which there are none, are put into the form by a script.
            answer = person.post(path, {**form, "title": title, "body-count": "0"})
            assert answer.status == 302, answer.status
            self.saved[pk] = title

        return save

    def approver(self, username, pages):
        person = self.person(username)

        def approve():
            if not pages:
                return
            pk = pages.pop()
            path = f"/admin/pages/{pk}/review/"
            form = form_of(person.get(path), "task_state")
            answer = person.post(path, {**form, "approve": "1"})
            assert answer.status == 302, answer.status
            self.approved.append(pk)

        return approve

    def uploader(self, username):
        person = self.person(username)

        def upload():
            name = f"tep-{username}-{time.monotonic()}.txt"
            content = name.encode() * 2000
            answer = person.upload("/admin/documents/multiple/add/", name, content, title=name)
            assert answer.status == 200, answer.status
            assert answer.json()["success"], answer.text

        return upload


def test_a_busy_office(portal):
    content = portal.pages(APPROVERS * 3, 0, EDITORS)
    day = Day(portal, content)
    editors = list(zip(content["editors"], content["drafts"], strict=True))
    acts = [day.editor(name, pk) for name, pk in editors]
    acts += [day.approver("approver", content["waiting"][number::APPROVERS]) for number in range(APPROVERS)]
    acts += [day.uploader(name) for name in content["editors"][:UPLOADERS]]
    day.end = time.monotonic() + SECONDS
    threads = [threading.Thread(target=day.work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert day.failed == []
    reader = portal.served.person()
    for pk in day.approved:
        assert reader.get(f"/api/v2/pages/{pk}/").status == 200
    editor = portal.served.person("editor")
    for pk, title in day.saved.items():
        assert f'value="{title}"' in editor.get(f"/admin/pages/{pk}/edit/").text
    seconds = [taken for person in day.people for _method, _path, taken in person.seconds]
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    sys.stdout.write(f"{len(seconds)} requests, half of them within {p50:.2f} s, 95 % within {p95:.2f} s\n")
    assert len(day.saved) == EDITORS
    assert p95 <= 2
