"""How many requests a second the portal answers: kept answers, answers that the client has, answers that are made anew,
beside the bare server.

    python bench/kept_answers.py

Needs wrk (Debian's package). Starts the demo and a bare server on loopback, measures each for some seconds one after
another, and prints ratios: those of one run on one machine.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
SECONDS = 5
LISTING = "/api/v2/pages/?type=articles.ArticlePage&fields=*&limit=20"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, **environment):
    """Start a server in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for(url):
    """Return what is at `url` as soon as somebody answers."""
    end = time.monotonic() + 120
    while True:
        try:
            with urlopen(url) as response:  # noqa: S310
                return response.read(), response.headers
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def rate(url, *headers) -> float:
    """Request a second."""
    options = [option for header in headers for option in ("-H", header)]
    command = [shutil.which("wrk"), "-t2", "-c16", f"-d{SECONDS}s", *options, url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


def main():
    """Measure and print."""
    portal_port, bare_port = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        shared = {"DATA_DIR": folder, "PORT": str(portal_port), "API_RATE": "0", "WEB_WORKERS": "2"}
        # The assets that `make run` collects.
        collect = ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        environment = {**os.environ, **shared, "DJANGO_SETTINGS_MODULE": "cms.settings.local"}
        subprocess.run([sys.executable, *collect], cwd=ROOT, env=environment, check=True)
        servers = [start(["-m", "cms.serve"], **shared)]
        try:
            portal = f"http://127.0.0.1:{portal_port}"
            body, headers = wait_for(portal + LISTING)
            (Path(folder) / "body").write_bytes(body)
            granian = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(bare_port)]
            options = ["--workers", "2", "--blocking-threads", "4", "--no-ws", "bench.bare:application"]
            servers.append(start([*granian, *options], BODY=f"{folder}/body"))
            bare = f"http://127.0.0.1:{bare_port}/"
            wait_for(bare)
            rows = [
                (f"bare server, {len(body)} bytes", rate(bare)),
                ("a kept listing of 20 articles", rate(portal + LISTING)),
                ("the same, which the client has (304)", rate(portal + LISTING, f"If-None-Match: {headers['ETag']}")),
                ("the home page, kept", rate(f"{portal}/")),
                ("the feed, made anew each time", rate(f"{portal}/api/v2/changes/?since=0&limit=20&wait=0")),
            ]
        finally:
            for server in servers:
                os.killpg(server.pid, signal.SIGTERM)
                server.wait()
    for name, found in rows:
        print(f"{found:10.0f}/s  {found / rows[0][1]:5.2f}  {name}")


if __name__ == "__main__":
    if shutil.which("wrk") is None:
        sys.exit("wrk is needed: apt-get install wrk")
    main()
