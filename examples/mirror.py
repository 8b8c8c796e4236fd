"""Mirrors everything public of a portal into SQLite, and keeps it so. Only the standard library:
python examples/mirror.py http://127.0.0.1:8000 mirror.sqlite3 [--once]

The table `objects` has a row for each page, file, term and redirect: `type` and `id` as in the feed, `form` the API's
JSON.
"""

import json
import sqlite3
import sys
import time
from http.client import HTTPException
from typing import TypedDict
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen


class Row(TypedDict):
    """What is used of a row of the feed."""

    type: str
    id: int | str
    detail_url: str | None


class StartAgain(Exception):
    """The portal was restored from a backup or has another address."""


def fetch(url: str) -> dict | None:
    """Return the JSON at `url`, or None where nothing public is there.

    Raise StartAgain, OSError, HTTPException, ValueError.
    """
    try:
        with urlopen(url, timeout=60) as response:
            return json.load(response)
    except HTTPError as error:
        if error.code == 409:
            raise StartAgain from error
        if error.code != 404:
            raise
        return None


class Mirror:
    """A copy in the SQLite file `path` of what the portal at `base` makes public."""

    def __init__(self, base: str, path: str):
        self.base = base.rstrip("/")
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS objects (type TEXT, id TEXT, form TEXT, PRIMARY KEY (type, id))")
        self.db.execute("CREATE TABLE IF NOT EXISTS state (since INTEGER, epoch TEXT)")

    def position(self) -> dict[str, int | str]:
        """Return how far the feed has been read."""
        row = self.db.execute("SELECT since, epoch FROM state").fetchone()
        return {"since": row[0], "epoch": row[1]} if row else {"since": 0}

    def step(self, wait: int = 0) -> bool:
        """Read one portion of the feed; return whether there is more. What it stores, it stores with its position."""
        query = urlencode({**self.position(), "limit": 500, "wait": wait})
        try:
            answer = fetch(f"{self.base}/api/v2/changes/?{query}")
        except StartAgain:
            with self.db:
                self.db.executescript("DELETE FROM objects; DELETE FROM state")
            return True
        # Of several rows about one object the last decides.
        last = {(row["type"], row["id"]): row for row in answer["items"]}
        forms = [(kind, str(key), form) for (kind, key), row in last.items() for form in [self.form(row)]]
        with self.db:
            self.db.executemany("DELETE FROM objects WHERE type = ? AND id = ?", [form[:2] for form in forms])
            kept = [(kind, key, json.dumps(form, ensure_ascii=False)) for kind, key, form in forms if form is not None]
            self.db.executemany("INSERT INTO objects VALUES (?, ?, ?)", kept)
            self.db.execute("DELETE FROM state")
            self.db.execute("INSERT INTO state VALUES (?, ?)", (answer["meta"]["next"], answer["meta"]["epoch"]))
        return answer["meta"]["more"]

    @staticmethod
    def form(row: Row) -> dict | None:
        """Return the object of a row as it is now, or None where it is gone."""
        found = fetch(row["detail_url"]) if row["detail_url"] else None
        if found is None or row["type"] != "document-types":
            return found
        return next((item for item in found["items"] if item["code"] == row["id"]), None)


def follow(mirror: Mirror, once: bool) -> None:
    """Read the feed to its end (`once`), or for ever: what can't be reached is asked again."""
    more = True
    while more or not once:
        try:
            more = mirror.step(wait=0 if once else 25)
        except (OSError, HTTPException, ValueError) as error:
            print(error, "(asking again)", file=sys.stderr)
        # A busy portal does not let everybody wait.
        time.sleep(0.1 if more else 1)


if __name__ == "__main__":
    follow(Mirror(sys.argv[1], sys.argv[2]), "--once" in sys.argv)
