"""The content store: one row for each public object, and what it is found by.

Only the projector (`cms.store.projector`), what brings forms up to date (`cms.store.refreshing`) and removals
(`cms.store.removal`) write here. What stands here is public;
no answer asks any other table.
"""

import datetime
import hashlib

from django.db import models

# Of spans that have no beginning or no end.
ALWAYS, NEVER = datetime.date.min, datetime.date.max
ADDRESS_LENGTH = 255


def address_key(path: str) -> str:
    """Return under what the item at an address of the site is looked for: the address, or the digest of a long one."""
    return path if len(path) <= ADDRESS_LENGTH else hashlib.sha256(path.encode()).hexdigest()


class Item(models.Model):
    """One public object: a page, a file, an entry of the register, a redirect, the site.

    `type` and `key` name it as the change log does, `number` is the id of what has one; of pages also `page_id`, `path`
    (on the site) and `tree_path`. `address` is where a look-up finds it. `digest` is that of the API form,
    `listing_digest` that of its form in listings, `reference`
    how others show it (JSON), `facts` the digest of what it is found by. `seq` changed it last. On
    `next_change_on` a derived value of it changes. A `stale` form has to be made anew before anybody gets it, or only
    patched where `first_patch` names the first `Patch` that it lacks.
    """

    type = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    number = models.BigIntegerField(null=True)
    page_id = models.BigIntegerField(null=True, unique=True)
    path = models.TextField(blank=True)
    tree_path = models.CharField(max_length=255, blank=True, db_index=True)
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True, db_index=True)
    reference = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    listing_digest = models.CharField(max_length=64, blank=True)
    facts = models.CharField(max_length=64, blank=True)
    seq = models.BigIntegerField(default=0)
    next_change_on = models.DateField(null=True, db_index=True)
    stale = models.BooleanField(default=False)
    first_patch = models.BigIntegerField(null=True)
    version = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "key"], name="one_item")]
        indexes = [models.Index(fields=["type", "number"])]

    def __str__(self) -> str:
        return f"{self.type} {self.key}"


class ItemCount(models.Model):
    """How many items of a type there are, kept while they are written: to count them would take longer on a large
    site.
    """

    type = models.CharField(max_length=80, unique=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.type}: {self.number}"


class Form(models.Model):
    """The API forms of an item as JSON, without what depends on the asking: `detail`, and `listing` where that differs.

    Apart from the item, so that what only looks for items reads no forms.
    """

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="form")
    detail = models.TextField()
    listing = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.item)


class Term(models.Model):
    """One value of a filter that keeps an item: an id of the register or a code, never a slug or a name."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="terms", db_index=False)
    type = models.CharField(max_length=80)
    parameter = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["parameter", "value", "type", "item"], name="store_term_kept"),
            models.Index(fields=["item", "parameter", "value"], name="store_term_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.parameter}={self.value}"


class Span(models.Model):
    """From when until when (the day after the last) a derived code of an item holds."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="spans", db_index=False)
    type = models.CharField(max_length=80)
    parameter = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    begins = models.DateField(default=ALWAYS)
    ends = models.DateField(default=NEVER)

    class Meta:
        indexes = [
            models.Index(fields=["parameter", "code", "begins", "ends", "item"], name="store_span_kept"),
            models.Index(fields=["item", "parameter"], name="store_span_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.parameter}={self.code} {self.begins} – {self.ends}"


class SortKey(models.Model):
    """What an item is ordered by, and cut off by in ranges; what is unknown comes last whichever way."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="sort_keys", db_index=False)
    name = models.CharField(max_length=40)
    unknown = models.BooleanField(default=False)
    value = models.CharField(max_length=1200, blank=True)
    number = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "unknown", "value", "number", "item"], name="store_sort_ascending"),
            models.Index("name", "unknown", models.F("value").desc(), "number", "item", name="store_sort_descending"),
            models.Index(fields=["item", "name"], name="store_sort_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Link(models.Model):
    """What an item shows, or would show if it were public: `kind` is an endpoint, `number` the id there."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.CharField(max_length=40)
    number = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "number", "item"], name="store_link_to"),
            models.Index(fields=["item", "kind"], name="store_link_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class RemovedItem(models.Model):
    """What was removed from the store by an act, in its own transaction, and is not told of yet.

    It has no form. The projector writes the row of the feed and forgets it.
    """

    type = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    page_id = models.BigIntegerField(null=True, db_index=True)
    path = models.TextField(blank=True)
    tree_path = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    reference = models.TextField(blank=True)
    terms = models.JSONField(default=list)
    links = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.type} {self.key}"
