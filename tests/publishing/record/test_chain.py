"""The record is append-only, and what is done to it behind its back is found."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.publishing.record import chain
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record


@pytest.fixture
def entries(db):
    """Five sealed entries; the set-up step has made others before."""
    made = [record(RecordKind.MOVED, subject=f"Trang {number}", number=number) for number in range(5)]
    chain.seal()
    return [RecordEntry.objects.get(pk=entry.pk) for entry in made]


def findings():
    errors = StringIO()
    try:
        call_command("verify_audit_log", stderr=errors, stdout=StringIO())
    except CommandError:
        return errors.getvalue()
    return ""


def test_a_record_that_is_whole(entries):
    assert findings() == ""
    assert [entry.seq for entry in entries] == list(range(entries[0].seq, entries[0].seq + 5))


@pytest.mark.parametrize("field", ["subject", "reason", "user_name", "digest"])
def test_an_altered_entry_is_named(entries, field):
    RecordEntry.objects.filter(pk=entries[2].pk).update(**{field: "khac"})
    assert f"entry {entries[2].seq} " in findings()


def test_altered_data_and_time_are_named(entries):
    RecordEntry.objects.filter(pk=entries[1].pk).update(data={"number": 9})
    RecordEntry.objects.filter(pk=entries[3].pk).update(at=entries[0].at)
    assert f"entry {entries[1].seq} " in findings()
    assert f"entry {entries[3].seq} " in findings()


def test_an_entry_whose_hash_is_made_right_again_gives_itself_away(entries):
    entry = entries[2]
    entry.subject = "khac"
    entry.words_digest = entry.digest_of_words()
    forged = chain.hash_of(entry, entry.seq, entries[1].hash)
    RecordEntry.objects.filter(pk=entry.pk).update(subject="khac", words_digest=entry.words_digest, hash=forged)
    assert f"entry {entries[3].seq} " in findings()


def test_a_removed_entry_is_named(entries):
    RecordEntry.objects.filter(pk=entries[2].pk)._raw_delete("default")
    assert f"entries {entries[2].seq} to {entries[2].seq} were removed" in findings()


def test_a_tail_that_is_cut_off_is_named(entries):
    RecordEntry.objects.filter(pk__in=[entries[3].pk, entries[4].pk])._raw_delete("default")
    assert f"entries {entries[3].seq} to {entries[4].seq} were removed" in findings()


def test_an_inserted_entry_is_named(entries):
    RecordEntry.objects.filter(pk=entries[4].pk)._raw_delete("default")
    inserted = entries[4]
    inserted.pk, inserted.subject = None, "chen vao"
    RecordEntry.objects.bulk_create([inserted])
    assert f"entry {entries[4].seq} " in findings()


def test_the_models_change_nothing(entries):
    entry = entries[0]
    entry.subject = "khac"
    with pytest.raises(PermissionDenied):
        entry.save()
    with pytest.raises(PermissionDenied):
        entry.delete()


@pytest.mark.django_db(transaction=True)
def test_an_entry_stands_or_falls_with_what_it_records():
    before = RecordEntry.objects.count()
    with transaction.atomic():
        record(RecordKind.MOVED, subject="Trang")
        transaction.set_rollback(True)
    assert RecordEntry.objects.count() == before
    with transaction.atomic():
        entry = record(RecordKind.MOVED, subject="Trang")
    assert RecordEntry.objects.get(pk=entry.pk).seq, "sealed right after the commit"
