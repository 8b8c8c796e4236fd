"""Reading the feed as another app does, and something to change."""

import pytest


@pytest.fixture
def since(api):
    """`since()` gives the rows since the last time it was asked (at first: since now), as (kind, type, id)."""
    last = api("changes/", limit=1000)["meta"]["seq"]

    def rows():
        nonlocal last
        answer = api("changes/", since=last, limit=1000)
        assert [row["seq"] for row in answer["items"]] == list(range(last + 1, answer["meta"]["seq"] + 1))
        last = answer["meta"]["next"]
        return [(row["kind"], row["type"], row["id"]) for row in answer["items"]]

    rows()
    return rows


@pytest.fixture
def news(office):
    """A published article."""
    return office.publish(office.news, office.article("Tin đầu"))
