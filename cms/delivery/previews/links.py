"""Making, reading and revoking preview links."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.pages.permissions import may_read
from cms.pages.public import is_kept_back
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from .models import PreviewLink

# A draft is no publication: whoever needs it longer asks again.
MAX_DAYS = 30
_SIGNER = Signer(salt="cms.delivery.previews")


@transaction.atomic
def make(page: Page, user: Any, name: str, days: Any) -> PreviewLink:
    """Return a link to the draft of `page` for `days` days (1 to MAX_DAYS).

    Raise PermissionDenied for who may not read the page.
    """
    if not may_read(page, user) or not 1 <= days <= MAX_DAYS:
        raise PermissionDenied
    link = PreviewLink.objects.create(
        page_id=page.pk, name=name, created_by=user, expires_at=timezone.now() + timedelta(days=days)
    )
    record(
        RecordKind.PREVIEW_LINK, page=page, user=user, reason=name, link=link.pk, expires_at=link.expires_at.isoformat()
    )
    return link


@transaction.atomic
def revoke(link: Any, user: Any) -> None:
    """End a link at once. Raise PermissionDenied for who may not read the page."""
    if not may_read(link.page.specific, user):
        raise PermissionDenied
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(RecordKind.PREVIEW_LINK, page=link.page, user=user, reason=link.name, link=link.pk, revoked=True)


def token_of(link: Any) -> str:
    """Return what stands in the address: the number of the link, signed."""
    return _SIGNER.sign(str(link.pk))


def link_of(token: str) -> PreviewLink | None:
    """Return the link of a token; None for one that is forged, expired or revoked, and where nobody answers for it any
    more.
    """
    try:
        return valid_link(_SIGNER.unsign(token))
    except BadSignature:
        return None


def valid_link(number: str) -> PreviewLink | None:
    """As `link_of`, by its number. What was hidden or taken down is shown to nobody, until it is restored."""
    links = PreviewLink.objects.filter(pk=number[:18], revoked_at=None, expires_at__gt=timezone.now())
    link = links.select_related("created_by").first()
    if link is None or not is_answered_for(link) or is_kept_back(link.page):
        return None
    return link


def draft_of(link: PreviewLink) -> Any:
    """Return the latest draft to which a link leads, as its specific page."""
    return link.page.specific.get_latest_revision_as_object()


def is_answered_for(link: Any) -> bool:
    """Return whether the person who made the link still works here and may read the page themselves."""
    maker = link.created_by
    return maker is not None and maker.is_active and may_read(link.page.specific, maker)


def forget_links(page: Page) -> None:
    """Show what is deleted or purged to nobody."""
    PreviewLink.objects.filter(page_id=page.pk).delete()
