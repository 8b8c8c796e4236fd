"""The chain: each sealed entry's hash covers the entry and the hash before it, so that no row can be altered, removed
or inserted unnoticed."""

import hashlib
import json

from django.db import transaction

from .models import RecordEntry, RecordHead, RecordKind

FIELDS = (
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


def hash_of(entry: RecordEntry, seq: int, previous: str) -> str:
    """Return the hash of `entry` as number `seq` after the hash `previous`, in hexadecimal."""
    content = [seq, previous, entry.pk, entry.at.isoformat(), *(getattr(entry, name) for name in FIELDS)]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def seal() -> None:
    """Give committed entries their numbers and seal them.

    One process at a time does it; content transactions don't wait for it.
    """
    locked = RecordHead.objects.select_for_update()
    head = locked.filter(pk=1).first()
    if head is None:
        RecordHead.objects.get_or_create(pk=1)
        head = locked.get(pk=1)
    entries = list(RecordEntry.objects.filter(seq=None).order_by("pk"))
    for entry in entries:
        head.seq += 1
        head.hash = hash_of(entry, head.seq, head.hash)
        entry.seq, entry.hash = head.seq, head.hash
    if entries:
        RecordEntry.objects.bulk_update(entries, ["seq", "hash"], batch_size=100)
        head.save()


def words_are_right(entry: RecordEntry) -> bool:
    """Return whether the words of `entry` are those that were chained, or were taken away by a later purge that names
    it.
    """
    purge = entry.redacted_by
    if purge is None:
        return entry.words_digest == entry.digest_of_words()
    return (
        (entry.subject, entry.reason, entry.data) == ("", "", {})
        and purge.kind == RecordKind.ERASED
        and purge.redacted_by_id is None
        and purge.words_digest == purge.digest_of_words()
        and entry.pk in purge.data.get("redacted", ())
        and entry.pk < purge.pk
    )


def verify() -> list[str]:
    """Return what is wrong with the record, a line for each finding; [] for a record that is whole."""
    seal()
    # The end first: what is sealed meanwhile lies behind it.
    head = RecordHead.objects.get(pk=1)
    problems, previous, number = [], "", 0
    entries = RecordEntry.objects.filter(seq__lte=head.seq).select_related("redacted_by").order_by("seq")
    for entry in entries.iterator():
        seq = entry.seq or 0
        if seq != number + 1:
            problems.append(f"entries {number + 1} to {seq - 1} were removed")
        elif entry.hash != hash_of(entry, seq, previous) or not words_are_right(entry):
            problems.append(f"entry {seq} ({entry}) was altered or inserted")
        previous, number = entry.hash, seq
    if number < head.seq:
        problems.append(f"entries {number + 1} to {head.seq} were removed")
    elif previous != head.hash:
        problems.append(f"the end of the chain does not match entry {number}")
    return problems
