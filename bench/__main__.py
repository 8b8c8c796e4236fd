"""`make bench`: measures the portal at two sizes on SQLite and PostgreSQL; see README.md here."""

import argparse
import json
import os
import platform
import sys
import time
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path

from tests.postgres import server

from . import cold
from .report import markdown, rows_of
from .served import Served, is_possible
from .sites import asking, make

_BEGAN = time.monotonic()


def say(text: str) -> None:
    """Tell how far it is."""
    print(f"  {time.monotonic() - _BEGAN:4.0f} s  {text}", file=sys.stderr, flush=True)


def arguments():
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--pages", type=int, nargs=2, default=[1_000, 100_000], help="a small and a large site")
    parser.add_argument("--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=5, help="how often each address is asked in turn")
    parser.add_argument("--seconds", type=int, default=3, help="how long each rate is measured")
    parser.add_argument("--folder", type=Path, default=Path("var/bench"), help="where sites and reports are kept")
    return parser.parse_args()


@contextmanager
def engine(name: str, folder: Path):
    """Give the address of a PostgreSQL with what was made before; "" for SQLite."""
    with server(folder / "postgresql") if name == "postgresql" else nullcontext("") as url:
        yield url


def measure(name: str, given) -> dict:
    """Measure on one database."""
    small, large = given.pages
    folder = given.folder.absolute()
    with engine(name, folder) as url:
        sites = [make(folder, pages, url, say) for pages in dict.fromkeys([small, large])]
        found: dict = {}
        with asking([one["portal"] for one in sites]) as portals, asking([one["stock"] for one in sites]) as stocks:
            found["cold"] = cold.measure(portals, stocks, given.rounds, 3, say)
            found["desk"] = cold.desk(portals, given.rounds, 3, say)
            found["projections"] = cold.project(portals, given.rounds, say)
            say("a rename")
            found["rename"] = portals[-1].do("rename")
            asked, sample = portals[-1].do("addresses"), portals[-1].do("sample", count=30)
            ids = portals[-1].do("ids")
            portals[-1].do("rest")
        found["served"] = Served(sites[-1]["portal"], given.seconds, say).measure(asked, sample, tuple(ids))
    return found


def main() -> int:
    """Measure, and write report.md and report.json; return 1 where a figure was missed."""
    given = arguments()
    if not is_possible():
        print("wrk is needed: apt-get install wrk", file=sys.stderr)
        return 2
    small, large = given.pages
    texts, kept, missed = [], {}, False
    for name in given.databases:
        rows = rows_of(measure(name, given), small, large)
        title = (
            f"{name}, {small:,} and {large:,} pages, {os.cpu_count()} processors, Python {platform.python_version()}"
        )
        texts.append(markdown(title, rows))
        kept[name] = [asdict(row) for row in rows]
        missed |= any(row.met is False for row in rows)
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "report.md").write_text("\n".join(texts))
    (given.folder / "report.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1))
    print("\n".join(texts))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
