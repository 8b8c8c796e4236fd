"""`redirects/`: addresses that moved."""

from typing import Any

from cms.core.schemas import BOOLEAN, INTEGER, STRING, nullable, obj

from ..cursors import BY_ID
from ..openapi.describing import described_listing, described_object
from .base import CollectionViewSet


class RedirectsViewSet(CollectionViewSet):
    """Redirects whose target is public or lies elsewhere."""

    name = "redirects"
    cursor_order = BY_ID

    @classmethod
    def describe(cls) -> dict[str, Any]:
        form = obj({"id": INTEGER, "old_path": STRING, "location": nullable(STRING), "permanent": BOOLEAN})
        return {
            "listing": described_listing(form, answer="Addresses that moved"),
            "detail": described_object(form, "An address that moved"),
        }
