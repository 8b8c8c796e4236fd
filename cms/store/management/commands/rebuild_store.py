from typing import Any

from django.core.management.base import BaseCommand

from cms.store.checking import check


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


class Command(BaseCommand):
    """Makes the content store from nothing, while the site serves."""

    help = "Makes every item of the content store anew; rows of the feed are written only where something differs."

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stderr) as progress:
            found = check(progress, everything=True)
        self.stdout.write(f"{found['made'] + found['missing']} objects were made anew.")
