"""What is kept of pages and files that two people have deleted or purged: enough to tell readers that it is gone, and
to finish what is left to do.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.media.models import CustomDocument, CustomImage
from cms.publishing.proposals.models import Proposal

# What can be erased, by the name that the addresses of the admin use.
MODELS = {"page": Page, "image": CustomImage, "document": CustomDocument}


class ErasureKind(models.TextChoices):
    """What is done. A deleted page was right to be public once; what is purged should never have been here."""

    DELETE = "delete", _("Delete")
    PURGE = "purge", _("Purge: erase every trace, because it should never have been here")


class Erasure(models.Model):
    """A deletion or purge that was carried out. `proposal` says of what, by whom and why.

    Of the address of a page only a digest is kept, since it is made from the title. `paths` are files in storage that
    are still to be erased, and `swept_at` is when nothing was left of a purge in storage and database.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="erasure")
    address_digest = models.CharField(max_length=64, blank=True, db_index=True)
    paths = models.JSONField(default=list)
    swept_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deletion or purge")
        verbose_name_plural = _("deletions and purges")

    def __str__(self) -> str:
        return str(self.proposal)
