"""Structured logs: one JSON object a line, with the id of the request and without personal data.

Nothing logs who asked or what for; what libraries and the database put into their messages (addresses of mail, values
of columns) is masked here.
"""

import json
import logging
import re
from datetime import UTC, datetime

from .requests import request_id

_MASKS = (
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*"), "<mail>"),
    # PostgreSQL tells of the values of the row that it refuses, on several lines where they have some.
    (re.compile(r"(DETAIL:|Key \(|invalid input syntax).*", re.DOTALL), r"\1 <values>"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "<address>"),
    (
        re.compile(
            r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F:]*|(?<![\w:])[0-9a-fA-F:]{0,30}::[0-9a-fA-F:]{0,30}"
        ),
        "<address>",
    ),
    # What opens a preview, and files of it.
    (re.compile(r"(previews/|preview=)[^/&\s\"']+"), r"\1<token>"),
)
# Of a longer text the beginning and the end, where a traceback says what went wrong.
_PART = 10_000


class JsonFormatter(logging.Formatter):
    """Writes a record as JSON: time (UTC), level, logger, message, request_id, exception, and what a request was."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        if name := request_id.get():
            said["request_id"] = name
        said |= getattr(record, "facts", {})
        if record.exc_info:
            said["exception"] = mask(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False, default=str)


def mask(text: str) -> str:
    """Return `text` without addresses of mail and machines, values that a database quotes, and what opens previews."""
    if len(text) > 2 * _PART:
        text = f"{text[:_PART]} … {text[-_PART:]}"
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text
