"""The sites that are measured: their data, kept from run to run, and the processes that ask them."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = {"portal": "cms.settings.local", "stock": "bench.stock.settings"}


@dataclass(frozen=True)
class Site:
    """`kind` is `portal` or `stock`; `server` is the address of PostgreSQL, "" for SQLite."""

    kind: str
    pages: int
    folder: Path
    server: str = ""

    @property
    def environment(self) -> dict:
        """What processes of the site find in their environment."""
        found = {**os.environ, "DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": SETTINGS[self.kind]}
        found |= {"API_RATE": "0", "HOST": "127.0.0.1", "PYTHONHASHSEED": "0"}
        found.pop("DATABASE_URL", None)
        if self.server:
            found["DATABASE_URL"] = f"{self.server.rpartition('/')[0]}/{self.kind}_{self.pages}"
        return found

    def manage(self, *command: str) -> None:
        """Run a command of `manage.py`, with its output on the console."""
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, check=True)


class Asker:
    """A process of a site that answers commands; see `bench.asker`."""

    def __init__(self, site: Site):
        self.site = site
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.asker"],
            cwd=ROOT,
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, name: str, **values):
        """Return what the process answers. Raise RuntimeError where it has ended."""
        self._process.stdin.write(json.dumps({"do": name, **values}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.site.kind} with {self.site.pages} pages ended while it was asked for {name}")
        return json.loads(line)

    def end(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def asking(sites):
    """Give an asker for each site."""
    askers = [Asker(site) for site in sites]
    try:
        yield askers
    finally:
        for asker in askers:
            asker.end()


def make(folder: Path, pages: int, server: str, say) -> dict[str, Site]:
    """Return the portal and the plain site with so many pages, by kind; their data are made where they are missing."""
    place = folder / f"{'postgresql' if server else 'sqlite'}-{pages}"
    sites = {kind: Site(kind, pages, place, server) for kind in SETTINGS}
    done = place / "made"
    if done.exists():
        _prepare(sites["portal"])
        with asking([sites["portal"]]) as (portal,):
            is_current = portal.do("is_current")
        if not is_current:
            say(f"the program is another one: making the forms of {pages} pages anew")
            sites["portal"].manage("check_store")
        return sites
    place.mkdir(parents=True, exist_ok=True)
    if server:
        with psycopg.connect(server, autocommit=True) as connection:
            for kind in sites:
                connection.execute(f"DROP DATABASE IF EXISTS {kind}_{pages}")
                connection.execute(f"CREATE DATABASE {kind}_{pages}")
    say(f"making {pages} pages")
    _prepare(sites["portal"])
    sites["portal"].manage("make_content", "--pages", str(pages))
    with asking([sites["portal"]]) as (portal,):
        portal.do("export", path=str(place / "pages.jsonl"))
    with asking([sites["stock"]]) as (stock,):
        stock.do("fill", path=str(place / "pages.jsonl"))
    (place / "pages.jsonl").unlink()
    if server:
        for site in sites.values():
            with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
    done.touch()
    return sites


def _prepare(portal: Site) -> None:
    portal.manage("migrate", "--verbosity", "0")
    portal.manage("collectstatic", "--no-input", "--verbosity", "0")
