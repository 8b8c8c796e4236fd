"""Asks a running portal how it is, for the health checks of containers: `python -m cms.operation.probe [CHECK]`.

Without a check it asks `/healthz`; with one (`worker`, `schedule` …) what `/readyz` says of it. PROBE_URL names the
portal (http://127.0.0.1:8000), PUBLIC_URL the host that it answers to.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

_SECONDS = 5


def ask(check: str) -> str:
    """Return `ok`, or what is wrong."""
    base = os.environ.get("PROBE_URL") or "http://127.0.0.1:8000"
    host = urlsplit(os.environ.get("PUBLIC_URL", "")).netloc or urlsplit(base).netloc
    request = urllib.request.Request(f"{base}/{'readyz' if check else 'healthz'}", headers={"Host": host})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            body = response.read()
    except urllib.error.HTTPError as error:
        # A 503 of `/readyz` says what is wrong like any other answer.
        body = error.read()
    except OSError as error:
        return f"no answer: {error}"
    try:
        return str(json.loads(body)["checks"][check]) if check else body.decode().strip()
    except (ValueError, KeyError, TypeError):
        return "no answer that says so"


def main() -> int:
    """Print what is said and return the exit code."""
    said = ask(sys.argv[1] if len(sys.argv) > 1 else "")
    print(said)  # noqa: T201
    return 0 if said == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
