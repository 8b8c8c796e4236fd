"""WCAG 2.2 AA as axe-core sees it."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page, tags=WCAG):
    """What axe-core finds on `page`: the rule and the first place of each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
