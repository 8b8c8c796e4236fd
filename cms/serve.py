"""`make run`: prepares the data, then runs every service in one process group until it is told to stop."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from cms.core.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.local")

RESTART_DELAY = 5
STOP_TIMEOUT = 10
START_TIMEOUT = 30


class Unfit(Exception):  # noqa: N818 - a sentence for the person at the console
    """What is wrong with the machine or the settings, in one line."""


def check_python() -> None:
    """Raise Unfit for a Python that the project does not run on."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Unfit(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}.")


def read_address() -> tuple[str, int]:
    """Return HOST and PORT of the environment; raise Unfit where nothing can listen there."""
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Unfit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(host, int(text), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Unfit(f"{host}:{text} can't be used ({error.strerror or error}): set HOST or PORT to another.") from error
    return host, int(text)


def check_folder() -> None:
    """Raise Unfit where DATA_DIR can't be written."""
    folder = Path(os.environ.get("DATA_DIR") or "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unfit(
            f"The folder {folder} can't be written ({error.strerror}): set DATA_DIR to one that can."
        ) from error


def count_together() -> None:
    """Let all processes count their requests in one folder, which is empty at the start (`cms.operation.metrics`)."""
    folder = Path(os.environ.get("DATA_DIR") or "var") / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def prepare(host: str, port: int) -> None:
    """Bring the database up to date, fill an empty one, and set the site's address."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database…", flush=True)
        call_command("migrate", verbosity=0)
    from home.set_site_address import follow

    follow(host, port)
    call_command("load_demo")
    from .store.restore import renew_after_restore

    if renew_after_restore():
        print("The database was restored from a backup: other apps start again.", flush=True)
    connection.close()


def announce(host: str, port: int) -> None:
    """Print where everything is and who can log in."""
    from django.conf import settings

    base = f"http://{settings.PUBLIC_HOST}:{port}"
    # Browsers take passkeys at a name only, and this one is the same machine.
    admin = base.replace("//127.0.0.1:", "//localhost:")
    print(f"\n  Site   {base}/\n  Admin  {admin}/admin/\n  API    {base}/api/v2/pages/")
    accounts = settings.DATA_DIR / "demo-accounts.json"
    if accounts.exists():
        kept = json.loads(accounts.read_text())
        print(f"\n  Accounts (password of each: {kept['password']})")
        for name, role in kept["accounts"].items():
            print(f"    {name:<10}{role}")
    print("\nCtrl+C ends it.", flush=True)


def start(*command: Any) -> subprocess.Popen:
    """Start a service with this Python."""
    return subprocess.Popen([sys.executable, *command], preexec_fn=partial(end_with_parent, os.getpid()))  # noqa: PLW1509


def start_server(host: str, port: int) -> Any:
    """Start the web server."""
    return start(
        *("-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", os.environ.get("WEB_WORKERS") or "2", "--blocking-threads", "4"),
        *(
            "--respawn-failed-workers",
            "--workers-kill-timeout",
            "5",
            "--no-ws",
            "--log-level",
            "warning",
            "cms.wsgi:application",
        ),
    )


def wait_for_answer(server: Any, host: str, port: int) -> None:
    """Wait until the server answers, or has ended: what starts beside it would only keep it from starting."""
    end = time.monotonic() + START_TIMEOUT
    while server.poll() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection(host, port, timeout=1)
        try:
            connection.request("HEAD", "/robots.txt")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()


# What runs beside the server: what happens in time, webhooks, and the worker of the queue, which sends mail.
SERVICES = [
    ("manage.py", "run_schedule"),
    ("manage.py", "deliver_webhooks"),
    ("manage.py", "db_worker", "--backend", "queue", "--verbosity", "0"),
]


def supervise(server: Any) -> Any:
    """Keep the services running until the server ends or a signal comes; return the exit code."""
    services, stopped = {command: start(*command) for command in SERVICES}, []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: stopped.append(received))
    restart_at = {}
    try:
        while not stopped and server.poll() is None:
            time.sleep(0.2)
            for command, process in services.items():
                if process.poll() is None:
                    continue
                restart_at.setdefault(command, time.monotonic() + RESTART_DELAY)
                if time.monotonic() >= restart_at[command]:
                    services[command] = start(*command)
                    del restart_at[command]
        return 0 if stopped else (server.returncode or 1)
    finally:
        for process in (server, *services.values()):
            end(process)


def end(process: Any) -> None:
    """End a service, kindly at first."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_TIMEOUT)
        if process.poll() is None:
            process.kill()


def main() -> int:
    """Do everything in order and return the exit code."""
    try:
        check_python()
        host, port = read_address()
        check_folder()
        count_together()
    except Unfit as problem:
        print(problem, file=sys.stderr)
        return 1
    prepare(host, port)
    server = start_server(host, port)
    wait_for_answer(server, host, port)
    announce(host, port)
    return supervise(server)


if __name__ == "__main__":
    sys.exit(main())
