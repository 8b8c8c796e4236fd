"""Mirrors everything public of a portal into SQLite, and keeps it so. Only the standard library:
python examples/mirror.py http://127.0.0.1:8000 mirror.sqlite3 [--once]

The table `objects` has a row for each page, file, term and redirect: `type` and `id` as in the feed, `form` the API's
JSON. It begins with the snapshot, which may break off and goes on where it stopped, and then follows the feed.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

# Lines of the snapshot that are stored together.
PORTION = 500


# Seconds after which a portal that does not answer, or says nothing of it, is asked again.
PAUSE = 5


class StartAgain(Exception):
    """The portal was restored from a backup or has another address."""


class ComeAgain(Exception):
    """The portal asks for some patience; the first argument says how many seconds."""


def lines(url: str, heard: dict | None = None) -> Iterator[dict]:
    """Yield the lines of JSON at `url`; `heard` gets the headers. Raise StartAgain, ComeAgain, OSError, HTTPException,
    ValueError.
    """
    try:
        with urlopen(url, timeout=60) as response:
            if heard is not None:
                heard.update((name.lower(), value) for name, value in response.headers.items())
            for line in response:
                yield json.loads(line)
    except HTTPError as error:
        if error.code == 409:
            raise StartAgain from error
        if error.code in (429, 503):
            raise ComeAgain(int(error.headers.get("Retry-After", PAUSE))) from error
        if error.code < 500:
            # Asking again would not help.
            raise SystemExit(f"{url}: {error}") from error
        raise


class Mirror:
    """A copy in the SQLite file `path` of what the portal at `base` makes public."""

    def __init__(self, base: str, path: str):
        self.base = base.rstrip("/")
        # Seconds until it is asked again where there is nothing more.
        self.pause = 1
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS objects (type TEXT, id TEXT, form TEXT, PRIMARY KEY (type, id))")
        # `after` is how far a snapshot has been read; empty where it is whole.
        self.db.execute("CREATE TABLE IF NOT EXISTS state (since INTEGER, epoch TEXT, after TEXT)")

    def step(self, wait: int = 0) -> bool:
        """Read the snapshot, or one portion of the feed; return whether there is more."""
        state = self.db.execute("SELECT since, epoch, after FROM state").fetchone()
        try:
            if state is None or state[2]:
                self.copy(state)
                return True
            return self.follow(*state[:2], wait)
        except StartAgain:
            with self.db:
                self.db.execute("DELETE FROM objects")
                self.db.execute("DELETE FROM state")
            return True

    def copy(self, state: tuple[int, str, str] | None) -> None:
        """Read the snapshot, from where it broke off, until it says that it is whole."""
        query = "?" + urlencode({"after": f"{state[1]}:{state[0]}:{state[2]}"}) if state else ""
        read = lines(f"{self.base}/api/v2/snapshot/{query}")
        head, portion, last = next(read, None), [], None
        for line in read:
            portion.append((line["type"], line["key"], json.dumps(line["form"], ensure_ascii=False)))
            last = f"{line['type']}:{line['key']}"
            if len(portion) == PORTION:
                self.store(portion, head, after=last)
                portion = []
        if head is None or last is None and not head.get("whole"):
            raise ValueError("the snapshot was cut")
        self.store(portion, head, after=last or "")

    def follow(self, since: int, epoch: str, wait: int) -> bool:
        """Read one portion of the feed; what it stores, it stores with its position."""
        query = urlencode({"since": since, "epoch": epoch, "limit": 500, "wait": wait, "include": "form"})
        heard: dict[str, str] = {}
        (answer,) = lines(f"{self.base}/api/v2/changes/?{query}", heard)
        # A busy portal does not let everybody wait, and says when to come again.
        self.pause = int(heard.get("retry-after", 1))
        # Of several rows about one object the last decides.
        last = {(row["type"], str(row["id"])): row["form"] for row in answer["items"]}
        kept = [(*key, json.dumps(form, ensure_ascii=False)) for key, form in last.items() if form is not None]
        gone = [key for key, form in last.items() if form is None]
        self.store(kept, {"seq": answer["meta"]["next"], "epoch": answer["meta"]["epoch"]}, after="", gone=gone)
        return answer["meta"]["more"]

    def store(self, objects: list[tuple[str, str, str]], head: dict, after: str, gone: list | None = None) -> None:
        """Store objects, and forget those that are gone, together with how far they were read."""
        with self.db:
            self.db.executemany("DELETE FROM objects WHERE type = ? AND id = ?", gone or [])
            self.db.executemany("INSERT OR REPLACE INTO objects VALUES (?, ?, ?)", objects)
            self.db.execute("DELETE FROM state")
            self.db.execute("INSERT INTO state VALUES (?, ?, ?)", (head["seq"], head["epoch"], after))


def follow(mirror: Mirror, once: bool) -> None:
    """Read the feed to its end (`once`), or for ever: what can't be reached is asked again."""
    more = True
    while more or not once:
        try:
            more = mirror.step(wait=0 if once else 25)
        except ComeAgain as patience:
            time.sleep(patience.args[0])
        except (OSError, HTTPException, ValueError) as error:
            print(error, "(asking again)", file=sys.stderr)
            time.sleep(PAUSE)
        time.sleep(0.1 if more else mirror.pause)


if __name__ == "__main__":
    follow(Mirror(sys.argv[1], sys.argv[2]), "--once" in sys.argv)
