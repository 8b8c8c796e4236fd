"""What of the files the choosers of the admin offer."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def offer_no_purged_files(queryset: QuerySet, request: HttpRequest) -> Any:
    """Leave purged files out of the choosers."""
    return queryset.filter(purged_at=None)
