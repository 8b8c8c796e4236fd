"""Documents reach readers only while something public shows them."""

from django.http import Http404
from wagtail import hooks

from .public import is_public_file


@hooks.register("before_serve_document")
def refuse_documents_of_drafts(document, request):
    """404 for a reader; people of the office open what their drafts show."""
    if is_public_file(document):
        return
    if not (request.user.is_active and request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
