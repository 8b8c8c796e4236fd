"""Settings and start-up."""

import os
import socket
import subprocess
import sys

import pytest

from cms import serve


def run(**environment):
    names = ("PATH", "HOME", "DATABASE_URL", "DATA_DIR")
    env = {name: os.environ[name] for name in names if name in os.environ}
    command = [sys.executable, "-c", "import django; django.setup()"]
    return subprocess.run(command, env={**env, **environment}, capture_output=True, text=True)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PUBLIC_URL"])
def test_production_refuses_to_start_without_its_secrets(missing):
    given = {"SECRET_KEY": "x" * 50, "PUBLIC_URL": "https://portal.example.org"}
    del given[missing]
    result = run(DJANGO_SETTINGS_MODULE="cms.settings.production", **given)
    assert result.returncode != 0
    assert f"Set {missing}" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("API_RATE", "many"), ("CACHE_BYTES", "64 MB"), ("PROXIES", "1,5"), ("DATABASE_URL", "oracle-of-delphi://x")],
)
def test_a_senseless_setting_is_named(name, value):
    result = run(DJANGO_SETTINGS_MODULE="cms.settings.local", **{name: value})
    assert result.returncode != 0
    assert f"ImproperlyConfigured: {name}" in result.stderr


def test_a_variable_that_is_set_to_nothing_is_not_set():
    empty = dict.fromkeys(("API_RATE", "ADMINS", "CORS_ORIGINS", "REDIS_URL", "CACHE_BYTES", "ALLOWED_HOSTS"), "")
    given = {"SECRET_KEY": "$" + "x" * 50, "PUBLIC_URL": "https://portal.example.org"}
    result = run(DJANGO_SETTINGS_MODULE="cms.settings.production", **empty, **given)
    assert result.returncode == 0, result.stderr


def test_the_public_tier_starts_without_database_credentials():
    result = run(DJANGO_SETTINGS_MODULE="cms.settings.site", CONTENT_API_URL="http://127.0.0.1:1")
    assert result.returncode == 0, result.stderr


def test_a_taken_port_is_said_in_a_line(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("HOST", "127.0.0.1")
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(serve.Unfit, match="can't be used"):
            serve.read_address()


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_senseless_port_is_said_in_a_line(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(serve.Unfit, match="PORT must be"):
        serve.read_address()


def test_a_folder_that_cannot_be_written_is_said_in_a_line(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(serve.Unfit, match="can't be written"):
        serve.check_folder()
