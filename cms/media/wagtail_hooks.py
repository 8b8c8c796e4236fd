"""Documents reach readers only while something public shows them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail import hooks

from .public import is_public_file


@hooks.register("before_serve_document")
def refuse_documents_of_drafts(document: Any, request: HttpRequest) -> None:
    """404 for a reader; people of the office open what their drafts show."""
    if is_public_file(document):
        return
    if document.purged_at or not (request.user.is_active and request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def offer_no_purged_files(queryset: QuerySet, request: HttpRequest) -> Any:
    """Leave purged files out of the choosers."""
    return queryset.filter(purged_at=None)
