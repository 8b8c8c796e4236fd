"""A Redis server for the tests that need one."""

import os
import shutil
import subprocess
import time

import pytest


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """The address of a Redis server of this run.

    As with Chromium, a machine without one skips these tests; in CI, which installs it, that fails.
    """
    program = shutil.which("redis-server")
    if program is None:
        message = "no Redis: install one with `apt-get install redis-server`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    socket = tmp_path_factory.mktemp("redis") / "socket"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, cwd=socket.parent, stdout=subprocess.DEVNULL)
    url = f"unix://{socket}"
    end = time.monotonic() + 10
    while not socket.exists():
        assert time.monotonic() < end, "Redis did not start"
        # Redis tells nobody that it is ready: its socket is there, or not yet.
        time.sleep(0.05)
    yield url
    server.terminate()
    server.wait()
