"""What the API says at the address of a page that was deleted or purged."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.pages.public import default_site
from cms.store.fields import coded

from .models import Erasure, ErasureKind, digest_of_address

HOW = {"deleted": _("Page deleted"), "purged": _("Purged")}
_CODES: dict[str, str] = {ErasureKind.DELETE: "deleted", ErasureKind.PURGE: "purged"}


def stand_in(address: str) -> dict | None:
    """Return what stands at the address of a page that is gone; why one was purged stays inside."""
    site = default_site()
    if site is None:
        return None
    digest = digest_of_address(site.root_page.url_path + address.strip("/") + "/")
    erasure = Erasure.objects.filter(address_digest=digest, agreed=True).order_by("-decided_at").first()
    if erasure is None:
        return None
    return {
        "kind": "removed",
        "how": coded(_CODES[erasure.kind], HOW),
        "reason": erasure.reason if erasure.kind == ErasureKind.DELETE else None,
        "date": timezone.localdate(erasure.decided_at).isoformat(),
        "target": None,
    }
