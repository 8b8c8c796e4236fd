"""What the server can do at best: the same bytes, and nothing else. The bytes are those of the file that BODY names."""

import os
from pathlib import Path

BODY = Path(os.environ["BODY"]).read_bytes()


def application(environ, start_response):
    """Return a constant answer."""
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
    return [BODY]
