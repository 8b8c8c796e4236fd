"""The change log: what was done (events), what other apps learn of it (changes), and what they know already (public
objects).
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeLogKind(models.TextChoices):
    """What a change tells. Of the kinds in `GONE` nothing is left to be fetched."""

    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Taken off line")
    DELETED = "deleted", _("Deleted")
    PURGED = "purged", _("Purged")
    MOVED = "moved", _("Moved")
    PRIVACY = "privacy", _("Privacy changed")
    TAKEN_DOWN = "taken_down", _("Taken down")
    RESTORED = "restored", _("Restored")
    ADDED = "added", _("Added to what is public")
    REMOVED = "removed", _("Taken from what is public")
    CHANGED = "changed", _("Changed")
    RELATED = "related", _("Something that it shows has changed")
    DERIVED = "derived", _("A derived value has changed with the day")


class Event(models.Model):
    """Something that may have altered what is public, written in the transaction in which it happened.

    It is spent when the sequencer (`cms.store.sequencer`) has turned it into changes, after the commit: only then is it
    certain what everybody else has done meanwhile. `page_id` and `path` (in the tree, as it was) say where to look;
    `model` and `object_id` name anything else.
    """

    kind = models.CharField(max_length=12, choices=ChangeLogKind.choices)
    page_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=255, blank=True)
    model = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.page_id or self.model}"


class Change(models.Model):
    """One row of the feed. `seq` is gap-free, in the order of commits."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=ChangeLogKind.choices)
    type = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    gone = models.BooleanField()
    first = models.BooleanField(default=False)
    path = models.TextField(blank=True)
    old_path = models.TextField(blank=True)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["type", "seq"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.type} {self.key}"


class PublicObject(models.Model):
    """What a consumer who has read the feed to its end has: one row for each public object.

    `digest` is that of its API form ("" where it was not worked out: such a row counts as different), `reference` that
    of the form in which others show it, `shows` the pages that it showed. Of pages, `tree_path` is where they stood.
    """

    type = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    page_id = models.BigIntegerField(null=True, unique=True)
    path = models.TextField(blank=True)
    tree_path = models.CharField(max_length=255, blank=True, db_index=True)
    digest = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    shows = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "key"], name="one_public_object")]

    def __str__(self) -> str:
        return f"{self.type} {self.key}"


class ChangeLogHead(models.Model):
    """The end of the feed: one row, locked while changes are numbered.

    `epoch` names this history of numbers; a restored backup needs another one, since its numbers were given to other
    changes before. So does another address of the site, which is in everything that the API gives; `address` is the one
    that was told. `generation` rises with everything that was looked at, also where no row came of it: what the look-up
    says of an address is no public object. `derived_on` is the day for which derived values were looked at last,
    `reconciled_at` when everything was compared last.
    """

    seq = models.BigIntegerField(default=0)
    generation = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4)
    address = models.CharField(max_length=300, blank=True)
    derived_on = models.DateField(null=True)
    reconciled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.epoch} {self.seq}"
