"""Answers over HTTP: kept ones beside a bare server, reading while pages are published, memory, snapshot, start.

On loopback, with wrk (Debian's package).
"""

import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from .sites import ROOT, Site

READERS = 8
# wrk asks the addresses of a file one after another; where LAST is set, one in ten is a page that few have asked for.
SCRIPT = """
local addresses, number = {}, 0
for line in io.lines(os.getenv("ADDRESSES")) do table.insert(addresses, line) end
local first, last = tonumber(os.getenv("FIRST") or "0"), tonumber(os.getenv("LAST") or "0")
request = function()
  number = number + 1
  if last > 0 and number % 10 == 0 then
    return wrk.format("GET", "/api/v2/pages/" .. math.random(first, last) .. "/?fields=*")
  end
  return wrk.format("GET", addresses[number % #addresses + 1])
end
"""


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command, environment):
    """Run a server in a process group of its own, and give its process."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def ask(url: str, **headers):
    """Return body, headers and status of an answer; wait for a server that is starting."""
    end = time.monotonic() + 120
    while True:
        try:
            with urlopen(Request(url, headers=headers)) as response:  # noqa: S310 - loopback
                return response.read(), response.headers, response.status
        except HTTPError as answer:
            return answer.read(), answer.headers, answer.code
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def wrk(url: str, seconds: int, *headers: str, connections: int = 16, **environment: str) -> tuple[float, int]:
    """Return the requests a second, and how many were answered. Raise RuntimeError for answers that are refused."""
    options = [option for header in headers for option in ("-H", header)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if environment:
            script.write(SCRIPT)
            script.flush()
            options += ["-s", script.name]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *options, url]
        output = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, **environment}
        ).stdout
    if "Non-2xx" in output:
        raise RuntimeError(f"{url}: {output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), int(re.search(r"(\d+) requests in", output)[1])


class Served:
    """The portal of a site, running on loopback."""

    def __init__(self, site: Site, seconds: int, say):
        self.site, self.seconds, self.say = site, seconds, say
        self.url = ""
        self.found: dict = {}

    def measure(self, asked: dict[str, str], sample: list[str], ids: tuple[int, int]) -> dict:
        """Return what was found, by name."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {**self.site.environment, "PORT": str(port), "WEB_WORKERS": "2"}
        began = time.monotonic()
        with running(["-m", "cms.serve"], environment) as process:
            ask(f"{self.url}/")
            self.found["start"] = time.monotonic() - began
            self._hot({name: asked[name] for name in ("detail", "list, one type", "home", "site listing")})
            self._snapshot(process.pid)
            self._while_publishing(sample)
            self._memory(process.pid, sample, ids)
        return self.found

    def _hot(self, asked) -> None:
        """Ask the same address again and again, of the portal and of a server that sends the same bytes and headers."""
        with tempfile.TemporaryDirectory() as name:
            folder, answers = Path(name), {}
            for number, address in enumerate(asked.values()):
                body, headers, _status = ask(self.url + address)
                (folder / str(number)).write_bytes(body)
                own = [pair for pair in headers.items() if pair[0].lower() not in ("date", "server", "connection")]
                answers[address] = {"file": str(number), "headers": own}
            (folder / "answers.json").write_text(json.dumps(answers))
            port = free_port()
            command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
            command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "bench.bare:application"]
            with running(command, {**os.environ, "FOLDER": name}):
                bare = f"http://127.0.0.1:{port}"
                ask(bare + next(iter(asked.values())))
                hot = self.found["hot"] = {}
                for number in range(3):
                    self.say(f"hot answers, round {number + 1} of 3")
                    for what, address in asked.items():
                        etag = next(value for name, value in answers[address]["headers"] if name.lower() == "etag")
                        for kind, more in ((what, ()), (f"{what}, 304", (f"If-None-Match: {etag}",))):
                            rates = hot.setdefault(kind, {"portal": [], "bare": []})
                            rates["portal"].append(wrk(self.url + address, self.seconds, *more)[0])
                            rates["bare"].append(wrk(bare + address, self.seconds, *more)[0])

    def _snapshot(self, pid: int) -> None:
        """Read the whole site, and watch the memory of whoever sends it."""
        self.say("the snapshot")
        before, peak, done = max(memory(pid)), [0.0], threading.Event()

        def watch() -> None:
            while not done.wait(0.1):
                peak[0] = max(peak[0], *memory(pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        began, lines = time.monotonic(), 0
        with urlopen(f"{self.url}/api/v2/snapshot/") as response:  # noqa: S310 - loopback
            for _line in response:
                lines += 1
        took = time.monotonic() - began
        done.set()
        watcher.join()
        self.found["snapshot"] = {"seconds": took, "objects": lines - 1, "grown": max(0, peak[0] - before)}

    def _while_publishing(self, sample: list[str]) -> None:
        """Read thirty addresses, by turns while nothing happens and while a page a second is published."""
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("\n".join(sample))
            file.flush()
            quiet, busy, took = [], [], []
            wrk(self.url, self.seconds, connections=READERS, ADDRESSES=file.name)
            for number in range(3):
                self.say(f"reading while publishing, round {number + 1} of 3")
                quiet.append(wrk(self.url, 2 * self.seconds, connections=READERS, ADDRESSES=file.name)[0])
                publisher = subprocess.Popen(
                    [sys.executable, "-m", "bench.publisher"],
                    cwd=ROOT,
                    env=self.site.environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                before = _seq(self.url)
                while _seq(self.url) == before:
                    time.sleep(0.1)
                busy.append(wrk(self.url, 2 * self.seconds, connections=READERS, ADDRESSES=file.name)[0])
                took += json.loads(publisher.communicate("")[0].splitlines()[-1])
        self.found["publishing"] = {"quiet": quiet, "busy": busy, "seconds": statistics.median(took)}

    def _memory(self, pid: int, sample: list[str], ids: tuple[int, int]) -> None:
        """Ask many different addresses, and note the memory half way and at the end."""
        wanted, count, half, end = 100_000, 0, 0.0, time.monotonic() + 60 * self.seconds
        with tempfile.NamedTemporaryFile("w") as file:
            file.write("\n".join(sample))
            file.flush()
            while count < wanted and time.monotonic() < end:
                self.say(f"mixed requests: {count} of {wanted}")
                more = {"FIRST": str(ids[0]), "LAST": str(ids[1])}
                count += wrk(self.url, self.seconds, connections=READERS, ADDRESSES=file.name, **more)[1]
                half = half or (max(memory(pid)) if count >= wanted // 2 else 0.0)
        self.found["memory"] = {"requests": count, "half": half, "end": max(memory(pid))}


def _seq(url: str) -> str:
    return ask(f"{url}/api/v2/pages/?limit=1")[1]["Change-Seq"]


def memory(pid: int) -> list[float]:
    """Return the resident memory of the server's workers, in MiB: what granian, a child of `pid`, has started."""
    servers = [child for child in _children(pid) if b"granian" in Path(f"/proc/{child}/cmdline").read_bytes()]
    texts = [Path(f"/proc/{worker}/status").read_text() for server in servers for worker in _children(server)]
    return [int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024 for text in texts]


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_possible() -> bool:
    """Return whether wrk is here."""
    return shutil.which("wrk") is not None
