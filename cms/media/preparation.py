"""What is done with uploaded files before the transaction of a request begins (`cms.pages.middleware`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from wagtail.models import UploadedFile
from wagtail.permissions import policy_registry

from .kept_readings import readings_of
from .models import FILE_MODELS

# Files of one request that are read: the chooser and the uploader send one.
MOST_FILES = 2
_upload: ContextVar[UploadedFile | None] = ContextVar("upload", default=None)


@contextmanager
def prepare(request: HttpRequest, kwargs: Any) -> Iterator[Any]:
    """Read what a request of the admin uploads, or take up from an earlier upload.

    Whoever may add or change neither images nor documents starts nothing.
    """
    files = [file for _name, several in request.FILES.lists() for file in several][:MOST_FILES]
    upload = None
    if "uploaded_file_id" in kwargs and request.resolver_match.url_name.startswith("create_"):
        upload = UploadedFile.objects.filter(pk=kwargs["uploaded_file_id"], uploaded_by_user=request.user).first()
        if upload is not None and upload.file.storage.exists(upload.file.name):
            files.append(upload.file)
    if not files or not may_upload(request.user):
        yield
        return
    token = _upload.set(upload)
    try:
        with readings_of(files):
            yield
    finally:
        _upload.reset(token)


def may_upload(user: Any) -> bool:
    """Return whether `user` may add or change images or documents anywhere."""
    return any(
        policy_registry.get_by_type(model).user_has_any_permission(user, {"add", "change"}) for model in FILE_MODELS
    )


def waiting_upload() -> UploadedFile | None:
    """Return the earlier upload that the request at hand takes up, or None."""
    return _upload.get()
