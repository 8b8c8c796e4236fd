"""Naming the state of the program by its sources and by what the lock file names."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of_sources(folder: Path, parts: Iterable[str], patterns: Iterable[str]) -> str:
    """Return the SHA-256, in hexadecimal, of `requirements.lock` and of the files below `parts` of the program in
    `folder` that match one of `patterns` (as of `Path.rglob`).
    """
    digest, patterns = hashlib.sha256((folder / "requirements.lock").read_bytes()), list(patterns)
    for part in parts:
        for pattern in patterns:
            for path in sorted((folder / part).rglob(pattern)):
                if path.is_file():
                    digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()
