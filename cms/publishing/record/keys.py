"""The keys that the record is signed with. They are not in the database, so that whoever writes there can't sign.

`RECORD_KEYS` in the environment (`1:secret,2:secret`), else a file beside the data with one `id:secret` a line, made on
first use. The last one signs; the others stay for what they have signed.
"""

import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def current_key() -> str:
    """Return the id of the key that signs now."""
    return list(_keys())[-1]


def signature(key: str, content: list[Any]) -> str | None:
    """Return the HMAC-SHA-256 of `content` (JSON) with the key of this id, in hexadecimal; None where it is not there.

    Raise ImproperlyConfigured where the keys can't be read.
    """
    secret = _keys().get(key)
    if secret is None:
        return None
    return hmac.new(
        secret, json.dumps(content, sort_keys=True, ensure_ascii=False).encode(), hashlib.sha256
    ).hexdigest()


def sign(content: list[Any]) -> str:
    """Return `key:HMAC` of `content`, for what has no column for its key. Raise as `signature`."""
    key = current_key()
    return f"{key}:{signature(key, content)}"


def is_signed(text: str, content: list[Any]) -> bool:
    """Return whether `text` is what `sign` gave for `content`."""
    key, _colon, made = text.partition(":")
    wanted = signature(key, content)
    return wanted is not None and hmac.compare_digest(made.encode(), wanted.encode())


def rotate() -> str:
    """Put a new key behind the others in the file, and return its id. Processes take it up with their next entry.

    Raise ImproperlyConfigured where the keys come from the environment.
    """
    if settings.RECORD_KEYS:
        raise ImproperlyConfigured("The keys are in RECORD_KEYS: put a new one behind them there, as id:secret.")
    number = str(max((int(one) for one in _keys() if one.isdecimal()), default=0) + 1)
    path = Path(settings.RECORD_KEYS_FILE)
    _write(path, f"{path.read_text().rstrip()}\n{number}:{secrets.token_urlsafe(32)}\n", os.replace)
    return number


def all_keys() -> str:
    """Return the keys as the file has them, for a backup."""
    return "".join(f"{name}:{secret.decode()}\n" for name, secret in _keys().items())


def may_put_in_place(text: str) -> bool:
    """Return whether the keys of a backup can become the installation's own: not where others stand in the environment.

    Raise ImproperlyConfigured for what is no key.
    """
    wanted = _parsed(text)
    return not settings.RECORD_KEYS or wanted.items() <= _keys().items()


def put_in_place(text: str) -> None:
    """Make the keys of a backup the installation's own; those of the record that is lost with it are kept beside."""
    path = Path(settings.RECORD_KEYS_FILE)
    if settings.RECORD_KEYS:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(path.with_name(f"{path.name}.before-restore"))
    _write(path, text, os.replace)


def _keys() -> dict[str, bytes]:
    if settings.RECORD_KEYS:
        return _parsed(settings.RECORD_KEYS.replace(",", "\n"))
    path = Path(settings.RECORD_KEYS_FILE)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Another process may be faster.
        with suppress(FileExistsError):
            _write(path, f"1:{secrets.token_urlsafe(32)}\n", os.link)
    return _read(str(path), path.stat().st_mtime_ns)


@cache
def _read(path: str, changed: int) -> dict[str, bytes]:
    return _parsed(Path(path).read_text())


@cache
def _parsed(text: str) -> dict[str, bytes]:
    parts = [line.strip().partition(":") for line in text.splitlines() if line.strip()]
    if not parts or any(not name or len(name) > 8 or len(secret) < 32 for name, _colon, secret in parts):
        raise ImproperlyConfigured(
            "A key of the record is id:secret, the id of 8 signs at most, the secret of 32 or more."
        )
    return {name: secret.encode() for name, _colon, secret in parts}


def _write(path: Path, text: str, place: Any) -> None:
    """Write the file whole or not at all, for its owner alone."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    try:
        place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
