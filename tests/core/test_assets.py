"""Styles and scripts of two versions that serve side by side."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cms.core.assets import AssetMiddleware, assets_version


@pytest.fixture
def ask(settings, tmp_path):
    """`ask(path)` of a process that began with the files of the folder `static`."""
    settings.STATIC_ROOT = tmp_path / "static"
    (settings.STATIC_ROOT / "site").mkdir(parents=True)
    (settings.STATIC_ROOT / "site/site.0123456789ab.css").write_text("h1 {}")
    (tmp_path / "secret").write_text("secret")
    middleware = AssetMiddleware(lambda _request: HttpResponse(status=404))

    def get(path):
        response = middleware(RequestFactory().get(path))
        return response.status_code, b"".join(response) if response.streaming else response.content

    return get


def test_what_another_version_has_put_there_is_served(ask, settings):
    assert ask("/static/site/site.0123456789ab.css") == (200, b"h1 {}")
    assert ask("/static/site/site.ba9876543210.css")[0] == 404
    (settings.STATIC_ROOT / "site/site.ba9876543210.css").write_text("h2 {}")
    assert ask("/static/site/site.ba9876543210.css") == (200, b"h2 {}")


@pytest.mark.parametrize(
    "path", ["../secret", "%2e%2e/secret", "site/../../secret", "site", "site/", "a\x00b", "//secret"]
)
def test_nothing_else_is(ask, path):
    assert ask(f"/static/{path}")[0] == 404


def test_each_version_has_its_list_of_names(tmp_path):
    (tmp_path / "requirements.lock").write_text("")
    style = tmp_path / "cms/static/a.css"
    style.parent.mkdir(parents=True)
    style.write_text("a {}")
    first = assets_version(tmp_path)
    (tmp_path / "cms/models.py").write_text("")
    assert assets_version(tmp_path) == first
    style.write_text("b {}")
    assert assets_version(tmp_path) != first
