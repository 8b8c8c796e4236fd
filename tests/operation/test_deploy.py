"""What `deploy/` has: units of systemd, nginx's configuration, containers. What can be run without systemd and without
a container runtime is run: the commands of the units, and nginx in front of them.
"""

import configparser
import os
import re
import shlex
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.postgres import free_port

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = {path.stem.removeprefix("portal-").rstrip("@"): path for path in (DEPLOY / "systemd").glob("portal-*.service")}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
HOST = "portal.example.org"


def unit(name):
    """A unit, by section and key; a key that stands twice has its last value."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(UNITS[name].read_text())
    return parser


def variables(text):
    """The variables of an environment file; those behind a # are shown only."""
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))


def test_the_example_names_every_variable_that_the_settings_read():
    read = set()
    for path in (ROOT / "cms/settings").glob("*.py"):
        read |= set(re.findall(r'(?:env\.\w+|required|http_address)\("([A-Z_]+)"', path.read_text()))
    # Of `make run` alone.
    assert read - {"HOST", "PORT"} <= variables((ROOT / ".env.example").read_text())


def test_the_readme_tells_of_every_variable_of_the_example():
    readme = (ROOT / "README.md").read_text()
    named = variables((ROOT / ".env.example").read_text()) - {"DJANGO_SETTINGS_MODULE"}
    assert [name for name in sorted(named) if not re.search(rf"\b{name}\b", readme)] == []


@pytest.mark.parametrize("name", sorted(UNITS))
def test_a_unit_is_closed_in(name):
    service = unit(name)["Service"]
    assert service["User"] == "portal"
    assert (service["NoNewPrivileges"], service["ProtectSystem"], service["Restart"]) == ("yes", "strict", "always")
    assert "/srv/portal" in service["ReadWritePaths"]


def test_the_keys_of_tls_are_in_no_image_and_in_no_commit():
    for name in (".dockerignore", ".gitignore"):
        assert "deploy/tls" in (ROOT / name).read_text()


def test_every_service_of_make_run_has_a_unit_and_a_container():
    from cms.serve import SERVICES

    units = " ".join(unit(name)["Service"]["ExecStart"] for name in UNITS)
    containers = " ".join(shlex.join(map(str, one.get("command", []))) for one in COMPOSE["services"].values())
    for command in SERVICES:
        assert shlex.join(command) in units
        assert shlex.join(command) in containers
    wanted = (DEPLOY / "systemd/portal.target").read_text()
    assert all(path.name.replace("@", "@8000") in wanted for path in UNITS.values())


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_a_container_is_closed_in(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert not service["user"].startswith("0")
    assert "no-new-privileges:true" in service["security_opt"]
    assert not any(str(value).isdecimal() for value in service.get("environment", {}).values()), ".env would not count"
    # The image of the web server has its own; what ends is not asked how it is.
    assert "healthcheck" in service or name == "web"


def test_the_image_has_no_root_and_a_health_check():
    text = (DEPLOY / "Dockerfile").read_text()
    assert re.search(r"^USER portal$", text, re.MULTILINE)
    assert "--require-hashes" in text
    (command,) = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", text, re.MULTILINE)
    assert yaml.safe_load(command)[1:] == ["-m", "cms.operation.probe"]
    # It serves as the unit does, but to the network of the containers.
    (given,) = re.findall(r"^CMD (\[.*\])$", text, re.MULTILINE)
    serve = unit("web")["Service"]["ExecStart"].partition("bin/")[2]
    # There is one container for the two units.
    serve = serve.replace("%i", "8000").replace("--workers 2", "--workers 4")
    assert yaml.safe_load(given)[2].endswith(f"exec {serve.replace('127.0.0.1', '0.0.0.0')}")


@pytest.fixture(scope="module")
def programs():
    """nginx and openssl, which CI promises."""
    missing = [name for name in ("nginx", "openssl") if shutil.which(name) is None]
    if missing:
        message = f"no {' and '.join(missing)}: apt-get install {' '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


class Deployment:
    """An installation that runs by the commands of the units, with nginx in front."""

    def __init__(self, folder):
        self.folder, self.port, self.processes = folder, free_port(), []
        self.plain, self.secure = free_port(), free_port()
        example = (ROOT / ".env.example").read_text()
        known = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
        environment = {name: value for name, value in os.environ.items() if name not in variables(example)}
        self.environment = {
            **environment, **known, "SECRET_KEY": "x" * 60, "DATA_DIR": str(folder / "data"),
            "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
        }  # fmt: skip
        for name in ("metrics", "data"):
            (folder / name).mkdir()

    def run(self, *command):
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def start(self, command):
        """Start the command of a unit with the Python and on the port of the test."""
        here = command.replace("/opt/portal/.venv/bin/", f"{Path(sys.executable).parent}/")
        here = here.replace("%i", str(self.port))
        process = subprocess.Popen(shlex.split(here), cwd=ROOT, env=self.environment)
        self.processes.append(process)

    def start_nginx(self):
        tls = self.folder / "tls"
        tls.mkdir()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
             "1", "-subj", f"/CN={HOST}", "-keyout", tls / "privkey.pem", "-out", tls / "fullchain.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        text = (DEPLOY / "nginx/portal.conf").read_text()
        text = text.replace("/etc/portal/tls", str(tls)).replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.plain};")
        text = text.replace("listen 443", f"listen 127.0.0.1:{self.secure}")
        text = "\n".join(line for line in text.splitlines() if "listen [::]" not in line)
        text = text.replace("/var/log/nginx", str(self.folder))
        (self.folder / "portal.conf").write_text(text)
        main = (DEPLOY / "nginx/nginx.conf").read_text().replace("/tmp/", f"{self.folder}/")  # noqa: S108
        if os.geteuid() == 0:
            # Else its workers are somebody who may not enter the folder of the test.
            main = f"user root;\n{main}"
        (self.folder / "nginx.conf").write_text(main)
        configuration = ["-c", str(self.folder / "nginx.conf"), "-p", str(self.folder), "-e", "stderr"]
        subprocess.run(["nginx", "-t", *configuration], check=True, capture_output=True)
        self.processes.append(subprocess.Popen(["nginx", *configuration, "-g", "daemon off;"]))

    def ask(self, path, data=None, **headers):
        """(status, headers, body) by TLS, as a reader asks."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return ask(f"https://127.0.0.1:{self.secure}{path}", data, context, **headers)

    def stop(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        return [process.wait(20) for process in reversed(self.processes)]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Answers with what it got."""

    def redirect_request(self, *arguments):
        return None


def ask(url, data=None, context=None, **headers):
    handlers = [urllib.request.HTTPSHandler(context=context)] if context else []
    request = urllib.request.Request(url, data, {"Host": HOST, **headers})
    try:
        with urllib.request.build_opener(NoRedirect, *handlers).open(request, timeout=30) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def wait_for(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory, programs):
    made = Deployment(tmp_path_factory.mktemp("deployment"))
    made.run(sys.executable, "manage.py", "migrate", "--verbosity", "0")
    made.run(sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    for name in UNITS:
        service = unit(name)["Service"]
        made.run(*shlex.split(service["ExecStartPre"].replace("/opt/portal/.venv/bin/python", sys.executable)))
        made.start(service["ExecStart"])
    made.start_nginx()

    def answers():
        try:
            return ask(f"http://127.0.0.1:{made.port}/healthz")[0] == 200
        except OSError:
            return False

    wait_for(answers)
    yield made
    assert set(made.stop()) <= {0, -signal.SIGTERM}


@pytest.mark.slow
@pytest.mark.once
def test_readers_come_by_tls(deployment):
    status, headers, _body = ask(f"http://127.0.0.1:{deployment.plain}/tin-tuc/?page=2")
    assert (status, headers["Location"]) == (308, f"https://{HOST}/tin-tuc/?page=2")
    status, headers, body = deployment.ask("/")
    assert status == 200, body
    assert "max-age" in headers["Strict-Transport-Security"]
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-ID"])
    status, _headers, body = deployment.ask("/api/v2/pages/?limit=1")
    assert f"https://{HOST}/" in body.decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', deployment.ask("/")[2].decode())[1]
    assert deployment.ask(style)[0] == 200


@pytest.mark.slow
@pytest.mark.once
def test_what_is_for_the_machine_is_not_for_readers(deployment):
    assert deployment.ask("/metrics")[0] == deployment.ask("/readyz")[0] == 404
    assert deployment.ask("/healthz")[0] == 200
    status, _headers, body = ask(f"http://127.0.0.1:{deployment.port}/metrics")
    assert status == 200
    assert b'portal_answers_total{source="made",status="2xx"}' in body


@pytest.mark.slow
@pytest.mark.once
def test_the_services_are_seen_at_work(deployment):
    def probe(*check):
        environment = {**deployment.environment, "PROBE_URL": f"http://127.0.0.1:{deployment.port}"}
        command = [sys.executable, "-m", "cms.operation.probe", *check]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout.strip()

    wait_for(lambda: probe("schedule") == (0, "ok"))
    assert probe() == probe("worker") == probe("webhooks") == (0, "ok")
    assert probe("nothing")[0] == 1


@pytest.mark.slow
@pytest.mark.once
def test_the_log_of_the_proxy_opens_no_preview(deployment):
    deployment.ask("/api/v2/previews/5:c2lnbmF0dXJl/?q=ai-do")
    log = deployment.folder / "access.log"
    wait_for(lambda: "/api/v2/previews/" in log.read_text())
    assert "c2lnbmF0dXJl" not in log.read_text()
    assert "ai-do" not in log.read_text()


@pytest.mark.slow
@pytest.mark.once
def test_a_forged_address_is_not_believed(deployment):
    """The limit is of who asks, whatever they write before what nginx adds."""
    first = deployment.ask("/api/v2/pages/?limit=1", **{"X-Forwarded-For": "192.0.2.1"})[1]["RateLimit"]
    second = deployment.ask("/api/v2/pages/?limit=2", **{"X-Forwarded-For": "192.0.2.2"})[1]["RateLimit"]
    assert int(re.search(r"r=(\d+)", second)[1]) < int(re.search(r"r=(\d+)", first)[1])


@pytest.mark.slow
@pytest.mark.once
def test_a_large_upload_passes_and_a_larger_one_does_not(deployment):
    assert deployment.ask("/admin/login/", b"x" * 30_000_000)[0] == 403, "the portal itself has refused it (CSRF)"
    assert deployment.ask("/admin/login/", b"x" * 120_000_000)[0] == 413


@pytest.mark.slow
@pytest.mark.once
def test_readers_get_a_page_where_the_portal_is_away(deployment, tmp_path):
    text = (deployment.folder / "portal.conf").read_text()
    (deployment.folder / "portal.conf").write_text(text.replace(f"127.0.0.1:{deployment.port}", "127.0.0.1:1"))
    nginx = deployment.processes[-1]
    nginx.send_signal(signal.SIGHUP)
    try:
        wait_for(lambda: deployment.ask("/")[0] == 503)
        _status, headers, body = deployment.ask("/")
        assert headers["Retry-After"] == "30"
        assert "tạm thời không truy cập được" in body.decode()
    finally:
        (deployment.folder / "portal.conf").write_text(text)
        nginx.send_signal(signal.SIGHUP)
        wait_for(lambda: deployment.ask("/healthz")[0] == 200)
