"""The lock of a page of which somebody has proposed the deletion or purge: it must not slip away, nor change, before a
second person has looked.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import Page

from cms.publishing.proposals.models import Proposal

from .models import ErasureKind


class ErasureLock(BaseLock):
    """Holds for everybody."""

    def for_user(self, user: Any) -> Any:
        return True

    def get_message(self, user: Any) -> str | None:
        return _(
            "Somebody has proposed to delete or purge this page, so nobody can change it until a second person has "
            "decided."
        )

    def get_locked_by(self, user: Any) -> str:
        return _("Waits for a second person")

    def get_description(self, user: Any) -> str | None:
        return self.get_message(user)


def locks_of(pages: list[Page]) -> dict[int, ErasureLock]:
    """Return the locks of those of `pages` of which it is proposed, by id."""
    waiting = Proposal.objects.filter(
        kind__in=ErasureKind.values, model=Page._meta.label, object_id__in=[page.pk for page in pages], decided_at=None
    )
    proposed = set(waiting.values_list("object_id", flat=True))
    return {page.pk: ErasureLock(page) for page in pages if page.pk in proposed}
