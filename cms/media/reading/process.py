"""Starting the process that reads a file, and what it found."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from . import limits

_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Size:
    """One size of a picture for readers; `format` is webp or jpeg."""

    width: int
    height: int
    format: str
    content: bytes


@dataclass(frozen=True)
class Reading:
    """What a file is and says.

    `type` is the usual extension of what its bytes are, `sha256` their digest. Documents have `pages` (None where they
    are not known), `text`, `is_read` (whether text could be read at all) and `marking`, the secrecy marking that was
    found. Pictures have `stored`, the bytes to store in place of the uploaded ones (None: those), and `sizes`;
    `uploaded_sha256` is the digest of the bytes that came, where others are stored. `refused` is the code of the reason
    not to take the file, `params` what its sentence names.
    """

    type: str = ""
    sha256: str = ""
    uploaded_sha256: str = ""
    refused: str = ""
    params: dict = field(default_factory=dict)
    pages: int | None = None
    text: str = ""
    is_read: bool = False
    marking: str | None = None
    stored: bytes | None = None
    sizes: tuple[Size, ...] = ()


def read_path(path: str, extension: str) -> Reading:
    """Read the file at `path` in a process of its own, for as long as may be."""
    with TemporaryDirectory(prefix="reading-") as folder:
        command = [sys.executable, "-m", f"{__package__}.child", str(path), extension, folder]
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        # What the process has told before it was ended counts.
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603
                command,
                cwd=_ROOT,
                env={**environment, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limits.SECONDS,
                check=False,
            )
        return _found(Path(folder))


def _found(folder):
    try:
        found = json.loads((folder / "found.json").read_text())
    except (OSError, ValueError):
        return Reading(refused="limits")
    picture = found.pop("picture", None)
    if picture is None:
        return Reading(**found)
    stored = picture["stored"]
    return Reading(
        type=picture["format"],
        stored=(folder / stored).read_bytes() if stored else None,
        sizes=tuple(
            Size(size["width"], size["height"], size["format"], (folder / size["name"]).read_bytes())
            for size in picture["sizes"]
        ),
    )
