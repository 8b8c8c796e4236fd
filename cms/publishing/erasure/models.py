"""What two people delete or purge, and what is kept of it: who, when, why, and enough to tell readers that it is
gone.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.media.models import CustomDocument, CustomImage

# What can be erased, by the name that the addresses of the admin use.
MODELS = {"page": Page, "image": CustomImage, "document": CustomDocument}


class ErasureKind(models.TextChoices):
    """What is done. A deleted page was right to be public once; what is purged should never have been here."""

    DELETE = "delete", _("Delete")
    PURGE = "purge", _("Purge: erase every trace, because it should never have been here")


class Erasure(models.Model):
    """A page or file that somebody proposes to erase; a second person agrees or refuses.

    `title` is emptied by a purge. Of the address only a digest is kept, since it is made from the title. `paths` are
    files in storage that are still to be erased, and `swept_at` is when nothing was left of a purge in storage and
    database.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=ErasureKind.choices)
    what = models.CharField(_("what"), max_length=8, choices=[(name, name) for name in MODELS])
    object_id = models.BigIntegerField()
    title = models.CharField(_("title"), max_length=255, blank=True)
    address_digest = models.CharField(max_length=64, blank=True, db_index=True)
    reason = models.TextField(_("reason"), max_length=1000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    refusal = models.TextField(_("reason of the refusal"), max_length=1000, blank=True)
    # The takedowns by which this proposal has hidden pages at once.
    hid = models.JSONField(default=list)
    paths = models.JSONField(default=list)
    swept_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deletion or purge")
        verbose_name_plural = _("deletions and purges")
        constraints = [
            models.UniqueConstraint(
                fields=["what", "object_id"], condition=models.Q(decided_at=None), name="one_open_erasure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title or '–'}"

    @property
    def instance(self) -> Any:
        """The page (as its type) or file in question, or None where it is not there any more."""
        found = MODELS[self.what].objects.filter(pk=self.object_id).first()
        return found.specific if isinstance(found, Page) else found
