"""What the API says of everything public, but for the day on which it is asked: to be compared before and after.
`python -m tests.backup.answers` prints it of the installation that the environment names.
"""

import json
import sys

PATHS = [
    "pages/?limit=100&fields=*",
    "images/?limit=100",
    "documents/?limit=100",
    "categories/",
    "issuers/",
    "tags/",
    "redirects/",
    "site/",
    "search/?q=tin",
    "search/?q=van ban",
]


def without_day(form):
    """A part of an answer: at midnight only that differs of what nothing has changed."""
    return {name: value for name, value in form.items() if name != "as_of"}


def answers():
    """Every answer by its path, all pages of the listings."""
    from django.test import Client

    client, found = Client(), {}
    for path in PATHS:
        response = client.get(f"/api/v2/{path}", headers={"host": "localhost"})
        assert response.status_code == 200, (path, response.content)
        found[path] = json.loads(response.content, object_hook=without_day)
        for item in found[path].get("items", ()):
            url = item.get("meta", {}).get("detail_url") if isinstance(item.get("meta"), dict) else None
            if url:
                detail = client.get(url.partition("localhost")[2].lstrip(":0123456789"), headers={"host": "localhost"})
                found[url] = json.loads(detail.content, object_hook=without_day)
    return found


def epoch():
    """The history that numbers of changes belong to."""
    from django.test import Client

    answer = Client().get("/api/v2/changes/", headers={"host": "localhost"})
    return json.loads(answer.content)["meta"]["epoch"]


if __name__ == "__main__":
    import django

    django.setup()
    from cms.store.projector import newest

    newest()
    json.dump({"answers": answers(), "epoch": epoch()}, sys.stdout)
