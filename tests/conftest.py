"""What all tests share."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.media import kept_readings

from .factories import Office

pytest_plugins = ["tests.chromium"]


@pytest.fixture
def office(db):
    """An office of one person for each role, over the sections that the set-up step made."""
    return Office()


@pytest.fixture(autouse=True)
def _forget_addresses():
    """Wagtail remembers the addresses of sites beyond the test that changed one."""
    yield
    Site.clear_site_root_paths_cache()


# Of all tests of a process: the same bytes say the same.
_readings = {}


@pytest.fixture(autouse=True)
def _files_are_read_once(request):
    """A file is read by a process of its own, which takes longer than most tests; those that are about it have it."""
    token = None if "media" in request.path.parts else kept_readings._known.set(_readings)
    yield
    if token is not None:
        kept_readings._known.reset(token)


@pytest.fixture
def api(client):
    """Asks the API: `api("pages/", type="articles.ArticlePage")` gives the parsed body of a 200."""

    def get(path, /, status=200, **params):
        response = client.get(f"/api/v2/{path}", params)
        assert response.status_code == status, response.content.decode()
        return response.json()

    return get


@pytest.fixture
def login(client, office):
    """Logs a role of the office in and returns its client."""

    def log_in(role):
        client.force_login(office.users[role])
        return client

    return log_in


@pytest.fixture
def clock(monkeypatch):
    """`clock(hours=1)` lets everything believe that it is so much later than it is."""
    now = timezone.now

    def later(**delta):
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(**delta))

    return later


@pytest.fixture(params=[EDITOR, REVIEWER, APPROVER, ADMIN])
def role(request):
    """Each role in turn."""
    return request.param
