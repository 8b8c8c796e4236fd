"""How far a command is."""

from typing import Any


class Progress:
    """Writes how far something is, on one line of a terminal."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._shown = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *args: object) -> None:
        if self._shown:
            self._stream.write("")

    def __call__(self, done: int, whole: int) -> None:
        if self._stream.isatty():
            self._shown = True
            width = 40 * done // max(1, whole)
            self._stream.write(f"\r[{'#' * width}{'.' * (40 - width)}] {done} of {whole} pages", ending="")
