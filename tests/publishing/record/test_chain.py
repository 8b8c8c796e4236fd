"""The record is only added to, and what is done to it behind its back is found."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.publishing.record import chain
from cms.publishing.record.models import RecordEntry, RecordHead, RecordKind, RecordSeal, UnsealedEntry
from cms.publishing.record.write import record


@contextmanager
def behind_its_back():
    """As somebody who writes to the database and whom its triggers don't stop."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def alter(entry, **fields):
    with behind_its_back():
        RecordEntry.objects.filter(pk=entry.pk).update(**fields)


def remove(entry):
    with behind_its_back():
        RecordSeal.objects.filter(entry=entry)._raw_delete("default")
        RecordEntry.objects.filter(pk=entry.pk)._raw_delete("default")


@pytest.fixture
def entries(db):
    """Five sealed entries; the set-up step has made others before."""
    made = [record(RecordKind.MOVED, subject=f"Trang {number}", number=number) for number in range(5)]
    chain.seal()
    return [RecordEntry.objects.select_related("seal").get(pk=entry.pk) for entry in made]


def findings(*options):
    errors = StringIO()
    try:
        call_command("verify_audit_log", *options, stderr=errors, stdout=StringIO())
    except CommandError:
        return errors.getvalue()
    return ""


def test_a_record_that_is_whole(entries):
    assert findings() == ""
    assert [entry.seq for entry in entries] == list(range(entries[0].seq, entries[0].seq + 5))


@pytest.mark.parametrize("field", ["subject", "reason", "user_name", "digest"])
def test_an_altered_entry_is_named(entries, field):
    alter(entries[2], **{field: "khac"})
    assert f"entry {entries[2].seq} " in findings()


def test_altered_data_and_time_are_named(entries):
    alter(entries[1], data={"number": 9})
    alter(entries[3], at=entries[0].at)
    assert f"entry {entries[1].seq} " in findings()
    assert f"entry {entries[3].seq} " in findings()


def test_words_that_are_made_right_again_are_not_signed(entries):
    entry = entries[2]
    entry.subject = "khac"
    alter(entry, subject="khac", words_digest=entry.digest_of_words())
    assert f"entry {entry.seq} " in findings()


def test_a_chain_that_is_made_anew_is_not_signed(entries, settings):
    """By somebody who knows how, and has another key."""
    keys, settings.RECORD_KEYS = settings.RECORD_KEYS, "test:the key of somebody who has not the right one"
    entry = entries[2]
    entry.subject = "khac"
    entry.sign()
    alter(entry, subject="khac", words_digest=entry.words_digest, signature=entry.signature)
    previous = entries[1].hash
    with behind_its_back():
        for one in (entry, *entries[3:]):
            previous = chain.hash_of("test", one.seq, previous, one)
            RecordSeal.objects.filter(entry=one).update(hash=previous)
        RecordHead.objects.update(hash=previous)
    assert f"entry {entries[3].seq} " in findings(), "even that key does not sign what it has not signed"
    settings.RECORD_KEYS = keys
    assert f"entry {entry.seq} " in findings()
    assert f"the seal of entry {entries[4].seq} " in findings()


def test_a_removed_entry_is_named(entries):
    remove(entries[2])
    assert f"entries {entries[2].seq} to {entries[2].seq} were removed" in findings()


def test_a_tail_that_is_cut_off_is_named(entries):
    remove(entries[3])
    remove(entries[4])
    assert f"entries {entries[3].seq} to {entries[4].seq} were removed" in findings()


def test_a_tail_that_is_cut_off_well_is_found_by_a_checkpoint(entries):
    told = f"--expect={entries[4].seq}:{entries[4].hash}"
    assert findings(told) == ""
    remove(entries[4])
    RecordHead.objects.update(seq=entries[3].seq, hash=entries[3].hash)
    assert findings() == ""
    assert "checkpoint" in findings(told)


def test_a_row_that_is_inserted_is_found_whoever_seals(entries):
    """Verifying seals nothing, and what the program seals afterwards is not signed."""
    inserted = RecordEntry(at=timezone.now(), kind=RecordKind.PUBLISHED, subject="chen vao", words_digest="0" * 64)
    inserted.words_digest, inserted.key, inserted.signature = inserted.digest_of_words(), "test", "0" * 64
    RecordEntry.objects.bulk_create([inserted])
    UnsealedEntry.objects.create(entry=inserted)
    assert f"the row {inserted.pk} " in findings()
    assert not RecordSeal.objects.filter(entry=inserted).exists()
    chain.seal()
    assert f"entry {RecordSeal.objects.get(entry=inserted).seq} " in findings()


def test_a_seal_behind_the_end_hides_nothing(entries):
    inserted = RecordEntry(at=timezone.now(), kind=RecordKind.PUBLISHED, subject="chen vao", key="test")
    inserted.words_digest, inserted.signature = inserted.digest_of_words(), "0" * 64
    RecordEntry.objects.bulk_create([inserted])
    RecordSeal.objects.create(entry=inserted, seq=10**15, key="test", hash="0" * 64)
    assert "behind the end" in findings()
    assert f"entry {10**15} " in findings()


def test_an_end_that_is_removed_is_named_and_made_anew(entries):
    RecordHead.objects.all().delete()
    assert "behind the end" in findings()
    record(RecordKind.MOVED, subject="Trang")
    chain.seal()
    assert findings() == ""


def test_no_two_entries_are_signed_alike(entries):
    copied = entries[2]
    copied.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordEntry.objects.bulk_create([copied])


def test_an_entry_that_nobody_numbers_is_named(entries, clock):
    UnsealedEntry.objects.all()._raw_delete("default")
    with behind_its_back():
        RecordSeal.objects.filter(entry=entries[4]).delete()
    RecordHead.objects.update(seq=entries[3].seq, hash=entries[3].hash)
    assert findings() == "", "it may be about to be numbered"
    clock(hours=2)
    assert f"the row {entries[4].pk} " in findings()


def test_the_models_change_nothing(entries):
    entry = entries[0]
    entry.subject = "khac"
    with pytest.raises(PermissionDenied):
        entry.save()
    with pytest.raises(PermissionDenied):
        entry.delete()


def test_postgresql_refuses_to_change_or_delete_a_row(entries):
    if connection.vendor != "postgresql":
        alter(entries[0], reason="khac")
        assert f"entry {entries[0].seq} " in findings(), "elsewhere it is found"
        return
    seal = RecordSeal.objects.get(entry=entries[0])
    for attempt in (
        lambda: RecordEntry.objects.filter(pk=entries[0].pk).update(reason="khac"),
        lambda: RecordEntry.objects.filter(pk=entries[0].pk).update(subject="", reason="", data={}, salt=""),
        lambda: RecordEntry.objects.filter(pk=entries[0].pk)._raw_delete("default"),
        lambda: RecordSeal.objects.filter(pk=seal.pk).update(hash="khac"),
        lambda: seal.delete(),
    ):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            attempt()
    assert findings() == ""


def test_another_key_signs_from_now_on(entries, settings, tmp_path):
    settings.RECORD_KEYS, settings.RECORD_KEYS_FILE = "", tmp_path / "record-keys"
    first = record(RecordKind.MOVED, subject="Trước")
    assert settings.RECORD_KEYS_FILE.stat().st_mode & 0o777 == 0o600
    call_command("rotate_record_key", stdout=StringIO())
    second = record(RecordKind.MOVED, subject="Sau")
    assert (first.key, second.key) == ("1", "2")
    assert chain.is_signed(first)
    assert chain.is_signed(second)
    settings.RECORD_KEYS_FILE.write_text(settings.RECORD_KEYS_FILE.read_text().splitlines()[1])
    assert not chain.is_signed(first), "its key is lost"


@pytest.mark.parametrize("keys", ["1", "1:short", ":no id, but a secret that is long enough"])
def test_keys_that_make_no_sense(entries, settings, keys):
    settings.RECORD_KEYS = keys
    with pytest.raises(ImproperlyConfigured):
        record(RecordKind.MOVED, subject="Trang")


@pytest.mark.parametrize("told", ["5", "x:0", "5:abc"])
def test_a_checkpoint_that_makes_no_sense(db, told):
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        call_command("verify_audit_log", f"--expect={told}")


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
