"""Media in a bucket of S3, or of a service like it, for several machines."""

import mimetypes
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

# Seconds until a service counts as away, and for how long it is then left alone: else all threads would wait for it,
# and pages with them.
CONNECT, ANSWER, REST = 3, 5, 10
# So many names are tried that somebody else has taken meanwhile.
NAMES = 5
# Characters of one that leave room for what another name has more.
LONGEST = 60


class BucketStorage(S3Storage):
    """Files in MEDIA_BUCKET. Readers get them from the portal, which says whether they are public: the bucket is
    closed, and no address of it leaves.
    """

    _rests_until = float("-inf")

    def get_default_settings(self) -> dict[str, Any]:
        """Return what django-storages would take from settings of its own."""
        # A second try would find the name taken by the first one, whose answer came too late.
        retries = {"mode": "standard", "total_max_attempts": 1}
        return {
            **super().get_default_settings(),
            "bucket_name": settings.MEDIA_BUCKET,
            "endpoint_url": settings.MEDIA_ENDPOINT or None,
            "location": "media",
            "file_overwrite": False,
            # Kept in memory up to so many bytes while it is read, then on the disk.
            "max_memory_size": 4 * 1024 * 1024,
            "client_config": Config(
                signature_version="s3v4", connect_timeout=CONNECT, read_timeout=ANSWER, retries=retries
            ),
        }

    def url(self, name: str | None, *_args: Any, **_kwargs: Any) -> str:
        """Return the address at the portal."""
        return settings.MEDIA_URL + str(filepath_to_uri(name) or "").lstrip("/")

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if time.monotonic() < self._rests_until:
            raise ConnectTimeoutError(endpoint_url=self.endpoint_url)
        try:
            yield
        except BotoCoreError:
            self._rests_until = time.monotonic() + REST
            raise

    def _open(self, name: str, mode: str = "rb") -> Any:
        with self._asking():
            found = super()._open(name, mode)
            if "w" not in mode:
                # It is fetched when it is looked at: here that is noticed.
                found.seek(0)
            return found

    def _save(self, name: str, content: Any) -> str:
        with self._asking():
            return self._put(name, content)

    def exists(self, name: str) -> bool:
        with self._asking():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with self._asking():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with self._asking():
            super().delete(name)

    def _put(self, name: str, content: Any) -> str:
        # django-storages looks for a name that is free and then writes: meanwhile another machine may have taken it.
        # S3 writes only where nothing is when it is told to (conditional writes, RFC 9110 13.1.2).
        folder, base = os.path.split(name)
        stem, extension = os.path.splitext(base)
        for left in reversed(range(NAMES)):
            content.seek(0)
            kind = mimetypes.guess_type(name)[0] or self.default_content_type
            try:
                target = self.bucket.Object(self._normalize_name(clean_name(name)))
                target.put(Body=content, ContentType=kind, IfNoneMatch="*")
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] not in {409, 412} or not left:
                    raise
                name = os.path.join(folder, self.get_alternative_name(stem[:LONGEST], extension))
            else:
                break
        return str(clean_name(name))
