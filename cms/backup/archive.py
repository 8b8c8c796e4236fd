"""The file that a backup is: a tar of compressed tables, files, keys, and a manifest with the SHA-256 of each.

Encrypted to public keys (age, https://age-encryption.org/v1), so that the machine that makes backups can't read them.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

MANIFEST, KEYS = "manifest.json", "keys.json"
PLAIN, ENCRYPTED = ".tar", ".tar.age"
_PIECE = 1024 * 1024


class Broken(Exception):
    """The archive is not what was written."""


class Writer:
    """Writes an archive at `path`, member by member; `hashes` has what is in it."""

    def __init__(self, path: Path) -> None:
        self._tar = tarfile.open(path, "x", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.hashes: dict[str, str] = {}

    def add_lines(self, name: str, lines: Iterator[str], scratch: Path) -> int:
        """Add lines as a compressed file, by way of `scratch`, and return how many there were."""
        count = 0
        with gzip.open(scratch, "wt", encoding="utf-8", compresslevel=5) as file:
            for line in lines:
                file.write(f"{line}\n")
                count += 1
        with scratch.open("rb") as file:
            self.add(name, file, scratch.stat().st_size)
        scratch.unlink()
        return count

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """Add `size` bytes of a file that is open."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        reader = _Hashing(file)
        self._tar.addfile(member, reader)  # type: ignore[arg-type]
        self.hashes[name] = reader.digest.hexdigest()

    def close(self, manifest: dict[str, Any]) -> None:
        """Add the manifest, and close the archive."""
        content = json.dumps({**manifest, "sha256": self.hashes}, indent=1, ensure_ascii=False).encode()
        self.add(MANIFEST, io.BytesIO(content), len(content))
        self._tar.close()


class Reader:
    """Reads an archive that is not encrypted (any more)."""

    def __init__(self, path: Path) -> None:
        try:
            self._tar = tarfile.open(path)  # noqa: SIM115
            # By name: a tar is searched from its end otherwise, for each of a hundred thousand files.
            self._members = {member.name: member for member in self._tar.getmembers()}
            self.manifest = json.load(self.open(MANIFEST))
        except (tarfile.TarError, KeyError, ValueError, OSError) as error:
            raise Broken(f"{path.name} is no backup, or not a whole one: {error}") from error

    def names(self) -> list[str]:
        """Return what is in it, without the manifest."""
        return [name for name in self._members if name != MANIFEST]

    def open(self, name: str) -> IO[bytes]:
        """Return a member, open for reading. Raise KeyError where there is none."""
        file = self._tar.extractfile(self._members[name])
        if file is None:
            raise KeyError(name)
        return file

    @contextmanager
    def lines(self, name: str) -> Iterator[Iterator[str]]:
        """Give the lines of a table."""
        with gzip.open(self.open(name), "rt", encoding="utf-8") as file:
            yield iter(file)

    def check(self) -> None:
        """Raise Broken where something is missing, is there besides, or is not what was written."""
        wanted = self.manifest["sha256"]
        if sorted(self.names()) != sorted(wanted):
            raise Broken("the archive has other files than its manifest says")
        for name, digest in wanted.items():
            reader = _Hashing(self.open(name))
            while reader.read(_PIECE):
                pass
            if reader.digest.hexdigest() != digest:
                raise Broken(f"{name} is not what was written")


class _Hashing:
    """Reads a file and its SHA-256 in one go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def encrypt(source: Path, target: Path, recipients: list[str]) -> None:
    """Write `source` to `target`, for the holders of the keys of `recipients` (`age1…`) alone.

    Raise ValueError for what is no public key of age.
    """
    with source.open("rb") as reader, target.open("xb") as writer:
        pyrage.encrypt_io(reader, writer, [_recipient(one) for one in recipients])


def decrypt(source: Path, target: Path, identities: list[str]) -> None:
    """Write what `source` has to `target`. Raise Broken where none of `identities` (`AGE-SECRET-KEY-…`) opens it."""
    try:
        keys = [pyrage.x25519.Identity.from_str(one) for one in identities]
        with source.open("rb") as reader, target.open("xb") as writer:
            pyrage.decrypt_io(reader, writer, keys)
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise Broken(f"{source.name} can't be decrypted with this key: {error}") from error


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise ValueError(f"{text[:12]}… is no public key of age (age1…)") from error
