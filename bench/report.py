"""The table: each figure beside what was asked for."""

import statistics
from dataclasses import dataclass


@dataclass
class Row:
    """One line: what was done, what is asked, what was found; `met` is None where nothing can be said of this run."""

    work: str
    asked: str
    found: str
    met: bool | None = None


def rows_of(results: dict, small: int, large: int) -> list[Row]:
    """Return the lines of one database. `results` are those of `bench.__main__`."""
    rows = [*_cold(results["cold"], small, large)]
    rows += _desk(results["desk"], small, large)
    rows += _projections(results["projections"], small, large)
    if "rename" in results:
        rows += _rename(results["rename"])
    if "served" in results:
        rows += _served(results["served"])
    return rows


# (name, queries, milliseconds at the large size, times the small size, times the plain site)
_COLD = [
    ("list", 4, None, 1.5, 10),
    ("list, one type", 4, None, 1.5, 10),
    ("list, one issuer", 4, None, 1.5, None),
    ("list, rare issuer", 4, None, 1.5, None),
    ("by date", 4, None, 1.5, None),
    ("issuer, in force", 4, 30, None, None),
    ("issuer, year, in force", 4, 30, None, None),
    ("year, two types", 4, 30, None, None),
    ("deep by offset", 4, 15, None, None),
    ("deep by cursor", 4, None, None, None),
    ("three facets", 6, 100, None, None),
    ("detail", 2, None, 1.5, 4),
    ("look-up", 2, None, 1.5, 4),
    ("search, one common word", None, 300, None, None),
    ("home", 10, None, 1.5, None),
    ("site listing", 10, None, 1.5, None),
    ("site detail", 10, None, 1.5, None),
]
# Milliseconds that pages of the site may take beside their calls of the API.
_OWN = {"home": 5, "site listing": 5, "site detail": 5}


def _cold(found: dict, small: int, large: int) -> list[Row]:
    rows = []
    for name, queries, most, grown, faster in _COLD:
        samples = found[name]
        here, there = samples[f"portal {large}"], samples[f"portal {small}"]
        stock = samples.get(f"stock {large}")
        checks, asked = [], []
        if queries is not None:
            asked.append(f"≤ {queries} queries")
            checks.append(here.queries <= queries)
        if most is not None:
            asked.append(f"≤ {most} ms")
            checks.append(here.median <= most)
        if grown is not None and small != large:
            asked.append(f"≤ {grown} × of {small:,} pages")
            checks.append(here.median <= grown * there.median)
        if faster is not None and stock is not None:
            asked.append(f"≥ {faster} × stock")
            checks.append(stock.median >= faster * here.median)
        if name == "deep by cursor":
            first = found["by date"][f"portal {large}"]
            asked.append("≤ 1.5 × the first page")
            checks.append(here.median <= 1.5 * first.median)
        text = f"{here.queries} queries, {_ms(here)}"
        if name in _OWN:
            own = statistics.median(here.own)
            asked.append(f"≤ {_OWN[name]} ms beside the API")
            checks.append(own <= _OWN[name])
            text += f", {own:.1f} ms beside the API"
        text += f"; {there.median:.1f} ms at {small:,}" if small != large else ""
        text += f"; bare {samples['bare'].median:.2f} ms"
        text += f"; stock {stock.median:.0f} ms, {stock.queries} queries" if stock is not None else ""
        rows.append(Row(f"cold: {name}", ", ".join(asked), text, all(checks)))
    return rows


def _desk(found: dict, small: int, large: int) -> list[Row]:
    rows = []
    for name, samples in found.items():
        here, there = samples[f"portal {large}"], samples[f"portal {small}"]
        text = f"{here.queries} queries, {_ms(here)}"
        text += f"; {there.median:.0f} ms at {small:,}" if small != large else ""
        met = here.queries <= 40 and here.median <= 500
        rows.append(Row(f"desk: {name}", "≤ 40 queries, ≤ 500 ms", text, met))
    return rows


def _ms(sample) -> str:
    low, high = sample.spread
    return f"{sample.median:.1f} ms ({low:.1f}–{high:.1f})"


def _projections(found: dict, small: int, large: int) -> list[Row]:
    rows = []
    for kind, by_site in found.items():
        here, there = by_site[f"portal {large}"], by_site[f"portal {small}"]
        took, before = _middle(here, "ms"), _middle(there, "ms")
        queries, write = max(one["queries"] for one in here), _middle(here, "write")
        met = queries <= 60 and write <= 50 and (small == large or took <= 1.5 * before)
        asked = f"≤ 60 queries, write ≤ 50 ms, ≤ 1.5 × of {small:,} pages"
        text = f"{queries} queries, {took:.0f} ms, {before:.0f} ms at {small:,}; write {write:.1f} ms"
        rows.append(Row(f"projection of one {kind}", asked, text, met))
    return rows


def _middle(runs: list[dict], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _rename(found: dict) -> list[Row]:
    runs = found["runs"]
    waited, saved = _middle(runs, "list"), _middle(runs, "save")
    text = f"shown by {runs[0]['shown by']:,}: saved in {saved:.0f} ms, a list of 20 waited {waited:.0f} ms"
    after = found["all up to date"]
    text += f", the search and all forms up to date after {after:.1f} s"
    right = all(run["right"] for run in runs)
    asked = "next request right, a list of 20 waits ≤ 250 ms, search ≤ 10 s later"
    return [Row("issuer renamed", asked, text, right and waited <= 250 and after <= 10)]


def _served(found: dict) -> list[Row]:
    rows = []
    for name, rates in found["hot"].items():
        portal, bare = statistics.median(rates["portal"]), statistics.median(rates["bare"])
        share = statistics.median(one / other for one, other in zip(rates["portal"], rates["bare"], strict=True))
        text = f"{share:.2f}: {portal:,.0f} a second, bare {bare:,.0f}"
        rows.append(Row(f"hot: {name}", "≥ 0.8 of the bare server", text, share >= 0.8))
    publishing = found["publishing"]
    shares = [busy / quiet for busy, quiet in zip(publishing["busy"], publishing["quiet"], strict=True)]
    share = statistics.median(shares)
    text = f"{share:.2f} ({min(shares):.2f}–{max(shares):.2f}): {statistics.median(publishing['busy']):,.0f} a second,"
    text += f" quiet {statistics.median(publishing['quiet']):,.0f}; a publication takes {publishing['seconds']:.2f} s"
    rows.append(Row("30 addresses, 8 readers, a page a second published", "≥ 0.6 of quiet", text, share >= 0.6))
    snapshot = found["snapshot"]
    text = f"{snapshot['objects']:,} objects in {snapshot['seconds']:.1f} s, memory grew by {snapshot['grown']:.0f} MiB"
    met = snapshot["seconds"] <= 60 and snapshot["grown"] <= 32
    rows.append(Row("snapshot", "≤ 60 s, constant memory", text, met))
    memory = found["memory"]
    text = f"{memory['end']:.0f} MiB after {memory['requests']:,}, {memory['half']:.0f} half way"
    met = memory["end"] <= 250 and memory["end"] <= memory["half"] + 8 if memory["requests"] >= 100_000 else None
    rows.append(Row("a worker after 100,000 mixed requests", "≤ 250 MiB, no growth from 50,000 on", text, met))
    rows.append(Row("`make run`, installed", "≤ 6 s", f"{found['start']:.1f} s", found["start"] <= 6))
    return rows


def markdown(title: str, rows: list[Row]) -> str:
    """Return the table."""
    signs = {True: "met", False: "**missed**", None: "not shown"}
    lines = [f"## {title}", "", "| work | asked | found | |", "|---|---|---|---|"]
    lines += [f"| {row.work} | {row.asked} | {row.found} | {signs[row.met]} |" for row in rows]
    return "\n".join(lines) + "\n"
