"""Answers that are made anew, projections, and a rename: in the processes of the sites, without a server."""

import statistics

STOCK = {
    "list": "/api/v2/pages/?fields=*&limit=20",
    "list, one type": "/api/v2/pages/?type=stock.DirectivePage&fields=*&limit=20",
}


class Sample:
    """The milliseconds of one kind of work on one site."""

    def __init__(self):
        self.ms: list[float] = []
        # Without the calls of the API, of pages of the site.
        self.own: list[float] = []
        self.queries = self.bytes = 0

    def add(self, answer: dict) -> None:
        """Add the runs of one round."""
        self.ms += answer["ms"]
        self.own += [whole - calls for whole, calls in zip(answer["ms"], answer["api"], strict=True)]
        self.queries, self.bytes = answer["queries"], answer["bytes"]

    @property
    def median(self) -> float:
        """The middle."""
        return statistics.median(self.ms)

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest."""
        return min(self.ms), max(self.ms)


def measure(portals, stocks, rounds: int, times: int, say) -> dict[str, dict[str, Sample]]:
    """Ask every address of every site in turns; return samples by name of the address and by site."""
    asked = {portal: portal.do("addresses") for portal in portals}
    for portal, addresses in asked.items():
        deep = portal.do("ask", address=addresses["deep by offset"], times=0)["next"]
        addresses["deep by cursor"] = addresses["by date"] + f"&cursor={deep}"
    found: dict[str, dict[str, Sample]] = {}
    for number in range(rounds):
        say(f"cold answers, round {number + 1} of {rounds}")
        for name in asked[portals[0]]:
            for portal in portals:
                _ask(found, name, f"portal {portal.site.pages}", portal, "ask", asked[portal][name], times)
            _ask(found, name, "bare", portals[-1], "bare", asked[portals[-1]][name], times)
            for stock in stocks:
                # To a page by its address the plain site only sends on: its detail is the least that this takes there.
                is_one = name in ("detail", "look-up")
                address = asked[portals[0]]["detail"] if is_one else STOCK.get(name)
                if address is not None:
                    _ask(found, name, f"stock {stock.site.pages}", stock, "ask", address, times)
    return found


def desk(portals, rounds: int, times: int, say) -> dict[str, dict[str, Sample]]:
    """Open the screens of an editor on each site in turns; return samples by name of the screen and by site."""
    asked = {portal: portal.do("desk") for portal in portals}
    found: dict[str, dict[str, Sample]] = {}
    for number in range(rounds):
        say(f"the desk, round {number + 1} of {rounds}")
        for name in asked[portals[0]]:
            for portal in portals:
                site = f"portal {portal.site.pages}"
                _ask(found, name, site, portal, "ask", asked[portal][name], times, user="bench")
    return found


def _ask(found, name, site, asker, how, address, times, **more) -> None:
    answer = asker.do(how, address=address, times=times, **more)
    if answer["status"] != 200:
        raise RuntimeError(f"{site}: {address} is answered by {answer['status']}")
    found.setdefault(name, {}).setdefault(site, Sample()).add(answer)


def project(portals, rounds: int, say) -> dict[str, dict[str, list[dict]]]:
    """Project pages of each type on each site in turns; return the runs by type and site."""
    found: dict[str, dict[str, list[dict]]] = {}
    for number in range(rounds):
        say(f"projections, round {number + 1} of {rounds}")
        for kind in ("article", "directive", "plan"):
            for portal in portals:
                runs = found.setdefault(kind, {}).setdefault(f"portal {portal.site.pages}", [])
                runs.append(portal.do("project", kind=kind, position=7 + number))
    return found
