"""The change log: what was done (events), and what other apps learn of it (changes)."""

import uuid

from django.db import models
from django.utils import timezone
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

    It is spent when the projector (`cms.store.projector`) has turned it into changes, after the commit: only then is it
    certain what everybody else has done meanwhile. `page_id` and `path` (in the tree, as it was) say where to look;
    `model` and `object_id` name anything else.
    """

    kind = models.CharField(max_length=12, choices=ChangeLogKind.choices)
    at = models.DateTimeField(default=timezone.now)
    page_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=255, blank=True)
    model = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)
    # Of what it tells no form could be made: it is tried again then, and holds up no other.
    failures = models.PositiveSmallIntegerField(default=0)
    set_aside_until = models.DateTimeField(null=True)

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
        indexes = [
            models.Index(fields=["type", "seq"]),
            models.Index(fields=["type", "key", "seq"], name="store_change_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.type} {self.key}"


class ChangeLogHead(models.Model):
    """The end of the feed: one row, locked while changes are numbered.

    `epoch` names this history of numbers; a restored backup needs another one, since its numbers were given to other
    changes before. So does another address of the site, which is in everything that the API gives: `site_url` is that
    address without a slash at its end, `address` names it with the root page. `generation` rises with everything that
    was looked at, also where no row came of it: what the look-up says of an address is no public object. `derived_on`
    is the day for which derived values were looked at last, `reconciled_at` when everything was compared last.
    `programs` are the versions of the program that make forms, the newest last (`cms.store.version`).
    """

    seq = models.BigIntegerField(default=0)
    generation = models.BigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid.uuid4)
    address = models.CharField(max_length=300, blank=True)
    site_url = models.CharField(max_length=300, blank=True)
    derived_on = models.DateField(null=True)
    reconciled_at = models.DateTimeField(null=True)
    # How far a comparison of everything has come that was stopped.
    reconciled_page = models.BigIntegerField(default=0)
    programs = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.epoch} {self.seq}"
