"""What the server can do at best: the bytes and headers that the portal answers with, and nothing else.

FOLDER has `answers.json`: by address, the file with the body and the headers.
"""

import json
import os
from pathlib import Path

FOLDER = Path(os.environ["FOLDER"])
ANSWERS = {
    address: ((FOLDER / one["file"]).read_bytes(), [tuple(pair) for pair in one["headers"]])
    for address, one in json.loads((FOLDER / "answers.json").read_text()).items()
}


def application(environ, start_response):
    """Return a constant answer; a 304 to who names a validator."""
    query = environ["QUERY_STRING"]
    body, headers = ANSWERS[environ["PATH_INFO"] + (f"?{query}" if query else "")]
    if "HTTP_IF_NONE_MATCH" in environ:
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() != "content-length"])
        return []
    start_response("200 OK", headers)
    return [body]
