"""The chain: each entry is signed, and the hash of its seal covers it and the hash before, so that no row can be
altered, removed or inserted unnoticed, nor the chain be made anew without the key.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from .keys import current_key, signature
from .models import RecordEntry, RecordHead, RecordKind, RecordSeal, UnsealedEntry

# Entries wait no longer for their numbers, unless nobody seals.
WAIT = timedelta(hours=1)


def hash_of(key: str, seq: int, previous: str, entry: RecordEntry) -> str | None:
    """Return the hash of `entry` as number `seq` after the hash `previous`, in hexadecimal; None where the key is not
    there.
    """
    return signature(key, [seq, previous, entry.pk, entry.signature])


@transaction.atomic
def seal() -> None:
    """Give committed entries their numbers and seal them.

    One process at a time does it; content transactions don't wait for it.
    """
    if not UnsealedEntry.objects.exists():
        return
    head = locked_head()
    entries = [one.entry for one in UnsealedEntry.objects.select_related("entry").order_by("pk")]
    key, seals = current_key(), []
    for entry in entries:
        head.seq += 1
        head.hash = hash_of(key, head.seq, head.hash, entry) or ""
        seals.append(RecordSeal(entry=entry, seq=head.seq, key=key, hash=head.hash))
    RecordSeal.objects.bulk_create(seals, batch_size=200)
    for begin in range(0, len(entries), 500):
        UnsealedEntry.objects.filter(pk__in=[entry.pk for entry in entries[begin : begin + 500]])._raw_delete("default")
    head.save()


def locked_head() -> RecordHead:
    """Return the end of the chain, locked for the transaction at hand. One that is missing is where the seals end."""
    locked = RecordHead.objects.select_for_update()
    head = locked.filter(pk=1).first()
    if head is None:
        last = RecordSeal.objects.order_by("-seq").first()
        RecordHead.objects.get_or_create(
            pk=1, defaults={"seq": last.seq if last else 0, "hash": last.hash if last else ""}
        )
        head = locked.get(pk=1)
    return head


def words_are_right(entry: RecordEntry) -> bool:
    """Return whether the words of `entry` are those that were signed, or were taken away by a later purge that names
    it.
    """
    purge = entry.redacted_by
    if purge is None:
        return entry.words_digest == entry.digest_of_words()
    return (
        (entry.subject, entry.reason, entry.data) == ("", "", {})
        and purge.kind == RecordKind.ERASED
        and purge.redacted_by_id is None
        and is_signed(purge)
        and purge.words_digest == purge.digest_of_words()
        and entry.pk in purge.data.get("redacted", ())
        and entry.pk < purge.pk
    )


def is_signed(entry: RecordEntry) -> bool:
    """Return whether `entry` has the signature that its content has."""
    return entry.signature == entry.right_signature()


def verify(expected: tuple[int, str] | None = None) -> list[str]:
    """Return what is wrong with the record, a line for each finding; [] for a record that is whole.

    `expected` is a number and its hash as a checkpoint has told them. Nothing is sealed, nor changed otherwise.
    """
    # The end as it was before and as it is afterwards: meanwhile entries are sealed.
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    problems, previous, number, found, end = [], "", 0, "", ""
    seals = RecordSeal.objects.select_related("entry__redacted_by").order_by("seq")
    for one in seals.iterator(chunk_size=2000):
        entry = one.entry
        if one.seq != number + 1:
            problems.append(f"entries {number + 1} to {one.seq - 1} were removed")
        elif one.hash != hash_of(one.key, one.seq, previous, entry):
            problems.append(f"the seal of entry {one.seq} ({entry}) was altered or inserted")
        if not is_signed(entry) or not words_are_right(entry):
            problems.append(f"entry {one.seq} ({entry}) was altered or inserted")
        previous, number = one.hash, one.seq
        if number == head.seq:
            end = one.hash
        if expected is not None and one.seq == expected[0]:
            found = one.hash
    if number < head.seq:
        problems.append(f"entries {number + 1} to {head.seq} were removed")
    elif end != head.hash:
        problems.append(f"the end of the chain does not match entry {head.seq}")
    after = RecordHead.objects.filter(pk=1).first() or RecordHead()
    if number > after.seq:
        problems.append(f"entries {after.seq + 1} to {number} stand behind the end of the chain")
    if expected is not None and found != expected[1]:
        problems.append(f"entry {expected[0]} is not the one of the checkpoint: the record was cut off or made anew")
    return [*problems, *_unsealed(), *_doubled()]


def _unsealed() -> list[str]:
    """Entries without a number: between their commit and the sealing there are some."""
    problems = []
    for entry in RecordEntry.objects.filter(seal=None).select_related("redacted_by").iterator(chunk_size=2000):
        if not is_signed(entry) or not words_are_right(entry):
            problems.append(f"the row {entry.pk} ({entry}) was altered or inserted")
        elif entry.at < timezone.now() - WAIT:
            problems.append(f"the row {entry.pk} ({entry}) has no number: its seal was removed, or nobody seals")
    return problems


def _doubled() -> list[str]:
    """Entries that were copied: no two are signed alike."""
    rows: Any = RecordEntry.objects.order_by().values("signature").annotate(count=Count("pk")).filter(count__gt=1)
    return [f"{row['count']} rows have the signature {row['signature']}: all but one were copied" for row in rows]
