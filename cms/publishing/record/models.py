"""The record: what was done to public content, by whom. Rows are appended and never changed."""

import hashlib
import json
import secrets
from datetime import UTC
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from .digest import VERSION
from .keys import current_key, signature
from .labels import changes_in_words


def new_salt() -> str:
    """Return what keeps words from being guessed by their digest."""
    return secrets.token_hex(16)


class RecordKind(models.TextChoices):
    """What an entry tells."""

    CONTENT_CHANGED = "content_changed", _("Content changed")
    SUBMITTED = "submitted", _("Submitted for review")
    DECLARED = "declared", _("Declared that nothing is secret")
    URGENT = "urgent", _("Urgent: straight to the last step")
    REVIEWED_AFTERWARDS = "reviewed_afterwards", _("Reviewed afterwards")
    PASSED = "passed", _("Step passed")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TIME_SET = "time_set", _("Time of publication set or cleared")
    SCHEDULED = "scheduled", _("Scheduled")
    SCHEDULE_FAILED = "schedule_failed", _("Not carried out at its time")
    PUBLISHED = "published", _("Published")
    PREVIEW_LINK = "preview_link", _("Preview link made or revoked")
    BUNDLE_WAITS = "bundle_waits", _("Approved, waits for its bundle")
    BUNDLE_LEFT = "bundle_left", _("Taken out of its bundle")
    BUNDLE_RELEASED = "bundle_released", _("Bundle released")
    BUNDLE_TAKEN_BACK = "bundle_taken_back", _("Release of a bundle taken back")
    BUNDLE_PUBLISHED = "bundle_published", _("Bundle published")
    BUNDLE_DISSOLVED = "bundle_dissolved", _("Bundle dissolved")
    UNPUBLISHED = "unpublished", _("Taken off line")
    DRAFT_SET_ASIDE = "draft_set_aside", _("Draft set aside for a correction")
    DRAFT_TAKEN_UP = "draft_taken_up", _("Draft taken up again, or dropped")
    FILE_REPLACED = "file_replaced", _("File replaced")
    HIDDEN = "hidden", _("Hidden")
    TAKEDOWN_PROPOSED = "takedown_proposed", _("Takedown proposed")
    TAKEN_DOWN = "taken_down", _("Taken down")
    RESTORED = "restored", _("Restored")
    ERASURE_PROPOSED = "erasure_proposed", _("Deletion or purge proposed")
    ERASURE_REFUSED = "erasure_refused", _("Deletion or purge refused")
    ERASED = "erased", _("Deleted or purged by two people")
    PROPOSED = "proposed", _("Proposed to a second person")
    PROPOSAL_AGREED = "proposal_agreed", _("Confirmed by a second person")
    PROPOSAL_REFUSED = "proposal_refused", _("Proposal refused or taken back")
    MOVED = "moved", _("Moved")
    DELETED = "deleted", _("Deleted")
    PRIVACY_CHANGED = "privacy_changed", _("Privacy changed")
    RIGHTS_CHANGED = "rights_changed", _("Rights changed")
    CONFIGURATION_CHANGED = "configuration_changed", _("Configuration changed")
    LOGIN_FAILED = "login_failed", _("Log-in failed")
    LOCKED_OUT = "locked_out", _("Locked out")


# What of an entry is signed, beside its time and key.
SIGNED = (
    "kind",
    "page_id",
    "user_id",
    "user_name",
    "revision_id",
    "digest",
    "digest_version",
    "base_id",
    "words_digest",
)


class RecordEntry(models.Model):
    """One thing that happened. Page, user and revision are kept as numbers and words, so that an entry outlives them.

    `digest` is that of the content in question, taken as `digest_version` says (`cms.publishing.record.digest`).
    `base` is, for a change of content,
    the change on which it builds: following it gives everybody who wrote what is not published yet.

    An entry is signed when it is made, by a key that is not in the database (`cms.publishing.record.keys`), and gets
    its number after the commit (`RecordSeal`), so that transactions need not wait for each other.

    The words of an entry (subject, reason, data) are signed by their digest, which is salted so that nobody can guess
    them from it, and no two entries are signed alike. A purge may so take the words away
    (`cms.publishing.record.redaction`) and leave the signature right.
    """

    at = models.DateTimeField(_("time"))
    kind = models.CharField(_("event"), max_length=24, choices=RecordKind.choices)
    page_id = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(_("object"), max_length=255)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(_("user"), max_length=150, blank=True)
    revision_id = models.BigIntegerField(null=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    digest_version = models.PositiveSmallIntegerField(default=VERSION)
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(default=dict)
    salt = models.CharField(max_length=32, blank=True, default=new_salt)
    words_digest = models.CharField(max_length=64)
    redacted_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="redacted")
    key = models.CharField(max_length=8)
    signature = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["page_id", "kind"]),
            models.Index(fields=["kind", "revision_id"], name="record_of_revision"),
            models.Index(fields=["kind", "digest"], name="record_of_digest"),
        ]
        verbose_name = _("entry of the record")
        verbose_name_plural = _("entries of the record")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def detail(self) -> str:
        """The reason, or what was changed into what."""
        return self.reason or changes_in_words(self.data)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; an entry that is there is never changed."""
        if self.pk is not None:
            raise PermissionDenied(_("The record is not changed."))
        self.sign()
        super().save(*args, **kwargs)

    def sign(self) -> None:
        """Sign what is to be stored."""
        self.words_digest, self.key = self.digest_of_words(), current_key()
        self.signature = self.right_signature() or ""

    def right_signature(self) -> str | None:
        """Return the signature that this content has by its key; None where that key is not there."""
        at = self.at.astimezone(UTC).isoformat()
        return signature(self.key, [at, self.key, *(getattr(self, name) for name in SIGNED)])

    @property
    def seq(self) -> int | None:
        """Its number; None until it is sealed."""
        return self.seal.seq if hasattr(self, "seal") else None

    @property
    def hash(self) -> str:
        """The hash of the chain up to it."""
        return self.seal.hash if hasattr(self, "seal") else ""

    def digest_of_words(self) -> str:
        """Return the salted SHA-256 of subject, reason and data, in hexadecimal."""
        words = [self.salt, self.subject, self.reason, self.data]
        return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: entries stay."""
        raise PermissionDenied(_("The record is not changed."))


class UnsealedEntry(models.Model):
    """An entry that has no number yet, from its own transaction until it is sealed."""

    entry = models.OneToOneField(RecordEntry, on_delete=models.PROTECT, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return str(self.entry_id)


class RecordSeal(models.Model):
    """The number of an entry, in the order of commits, and the hash that chains it to all before it. Only added to."""

    entry = models.OneToOneField(RecordEntry, on_delete=models.PROTECT, related_name="seal")
    seq = models.BigIntegerField(unique=True)
    key = models.CharField(max_length=8)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.seq)


class RecordHead(models.Model):
    """The end of the chain: one row, locked while entries are sealed, so that a tail that is cut off is noticed."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    # The day of the last checkpoint.
    told_on = models.DateField(null=True)
    # The day of the last nightly proof.
    verified_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.seq)
