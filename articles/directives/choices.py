"""The fixed values of a document: its status, what a file is to it, what one document does to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .validity import EventKind


class Status(models.TextChoices):
    """Whether a document has been issued."""

    DRAFT = "draft", _("Draft document")
    ISSUED = "issued", _("Issued")


class FileKind(models.TextChoices):
    """What a file is to its document. Only a digitally signed file is an original."""

    SIGNED = "signed", _("Digitally signed")
    SCAN = "scan", _("Scan")
    COPY = "copy", _("Plain copy")


class RelationKind(models.TextChoices):
    """What one document does to another, or says of it. The label reads from the document that says it."""

    BASIS = "basis", _("Legal basis")
    REFERS = "refers", _("Refers to")
    AMENDS = "amends", _("Amends")
    REPLACES = "replaces", _("Replaces")
    REPEALS = "repeals", _("Repeals")
    SUSPENDS = "suspends", _("Suspends")
    CORRECTS = "corrects", _("Corrects formally")
    CONSOLIDATES = "consolidates", _("Consolidates")
    GUIDES = "guides", _("Guides the implementation of")
    IMPLEMENTS = "implements", _("Implements")
    REVIEWS = "reviews", _("Reviews")
    OTHER = "other", _("Otherwise related")


# The same relations, read from the other end.
INCOMING_LABELS = {
    RelationKind.BASIS: _("Is the legal basis of"),
    RelationKind.REFERS: _("Referred to by"),
    RelationKind.AMENDS: _("Amended by"),
    RelationKind.REPLACES: _("Replaced by"),
    RelationKind.REPEALS: _("Repealed by"),
    RelationKind.SUSPENDS: _("Suspended by"),
    RelationKind.CORRECTS: _("Formally corrected by"),
    RelationKind.CONSOLIDATES: _("Consolidated in"),
    RelationKind.GUIDES: _("Implementation guided by"),
    RelationKind.IMPLEMENTS: _("Implemented by"),
    RelationKind.REVIEWS: _("Reviewed by"),
    RelationKind.OTHER: _("Otherwise related"),
}


class Extent(models.TextChoices):
    """Whether a relation is to the whole of a document."""

    FULL = "full", _("In full")
    PARTIAL = "partial", _("In part")


# What a relation does to the validity of its target.
EFFECTS: dict[tuple[str, str], EventKind] = {
    (RelationKind.REPLACES, Extent.FULL): EventKind.EXPIRED,
    (RelationKind.REPLACES, Extent.PARTIAL): EventKind.PARTLY_EXPIRED,
    (RelationKind.REPEALS, Extent.FULL): EventKind.EXPIRED,
    (RelationKind.REPEALS, Extent.PARTIAL): EventKind.PARTLY_EXPIRED,
    (RelationKind.SUSPENDS, Extent.FULL): EventKind.SUSPENDED,
    (RelationKind.SUSPENDS, Extent.PARTIAL): EventKind.PARTLY_SUSPENDED,
}
