"""Making a backup: what is in it, who can read it, which are kept, and what is refused."""

import datetime
import io
import json
import tarfile

import pyrage
import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import ArticleAttachment
from cms.backup import making
from cms.backup.archive import Broken, Reader, decrypt
from cms.backup.making import FilesMissing, make
from cms.backup.nightly import back_up
from cms.backup.rotation import Keep, backups, superfluous
from tests.factories import make_document


@pytest.fixture
def page(office):
    page = office.article("Tin")
    page.attachments = [ArticleAttachment(document=make_document("so-lieu.txt"))]
    return office.publish(office.news, page)


def rows_of(archive, label):
    with archive.lines(f"tables/{label}.jsonl.gz") as lines:
        names = json.loads(next(lines))
        return [dict(zip(names, json.loads(line), strict=True)) for line in lines]


def test_rows_files_and_the_end_of_the_record_are_in_it(tmp_path, page):
    archive = Reader(make(tmp_path, []))
    assert "Tin" in {row["title"] for row in rows_of(archive, "wagtailcore.Page")}
    name = page.attachments.get().document.file.name
    assert archive.open(f"media/{name}").read() == b"noi dung"
    number, _colon, digest = archive.manifest["record"].partition(":")
    assert int(number) > 0
    assert len(digest) == 64


def test_without_encryption_there_is_no_key_in_it(tmp_path, page, settings):
    path = make(tmp_path, [])
    assert "keys.json" not in Reader(path).names()
    assert settings.SECRET_KEY.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_only_the_holder_of_the_key_reads_it(tmp_path, page, settings):
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    path = make(tmp_path, [str(key.to_public())])
    with pytest.raises(Broken):
        Reader(path)
    with pytest.raises(Broken, match="can't be decrypted"):
        decrypt(path, tmp_path / "wrong", [str(other)])
    decrypt(path, tmp_path / "plain.tar", [str(key)])
    keys = json.load(Reader(tmp_path / "plain.tar").open("keys.json"))
    assert keys["secret_key"] == settings.SECRET_KEY
    assert keys["record_keys"].startswith("test:")


def test_nothing_is_left_but_the_backup(tmp_path, page):
    path = make(tmp_path, [])
    assert list(tmp_path.iterdir()) == [path]


def test_files_that_are_lost_are_named(tmp_path, page):
    name = page.attachments.get().document.file.name
    default_storage.delete(name)
    with pytest.raises(FilesMissing, match="so-lieu"):
        make(tmp_path, [])
    assert Reader(next(tmp_path.glob("portal-*.tar"))).manifest["missing_files"] == [name]


def test_sessions_and_queued_work_stay_out(tmp_path, page, login):
    login("editor").get("/admin/")
    names = Reader(make(tmp_path, [])).names()
    assert not any("Session" in name or "DBTaskResult" in name for name in names)


@pytest.mark.parametrize("damage", ["cut", "changed", "another"])
def test_a_damaged_archive_is_refused_and_changes_nothing(tmp_path, page, damage):
    path = make(tmp_path, [])
    content = path.read_bytes()
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        at = content.index(b"noi dung")
        path.write_bytes(content[:at] + b"NOI" + content[at + 3 :])
    else:
        with tarfile.open(path, "a") as tar:
            tar.addfile(tarfile.TarInfo("media/../../la.txt"), io.BytesIO(b""))
    with pytest.raises(CommandError):
        call_command("restore", path, "--replace")
    assert type(page).objects.filter(pk=page.pk).exists()
    assert get_user_model().objects.filter(username="approver").exists()


def test_what_is_there_is_not_overwritten_by_mistake(tmp_path, page):
    path = make(tmp_path, [])
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", path)
    assert type(page).objects.filter(pk=page.pk).exists()


def test_the_command_says_where_and_what_is_wrong(tmp_path, page, settings, capsys):
    with pytest.raises(CommandError, match="BACKUP_DIR"):
        call_command("backup")
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", "--to", str(tmp_path / "a"), "--recipient", "age1khong")
    assert not list((tmp_path / "a").glob("portal-*"))
    settings.BACKUP_DIR = str(tmp_path / "b")
    call_command("backup")
    assert "not encrypted" in capsys.readouterr().out


def test_the_newest_of_days_weeks_and_months_are_kept(tmp_path):
    first = datetime.datetime(2026, 1, 1, 2, tzinfo=datetime.UTC)
    for number in range(200):
        at = first + datetime.timedelta(days=number)
        (tmp_path / f"portal-{at:%Y%m%dT%H%M%SZ}.tar").touch()
    (tmp_path / "portal-khac.tar").touch()
    found = backups(tmp_path)
    gone = superfluous(found, Keep.of("7:4:6"))
    kept = [found[path] for path in found if path not in gone]
    days = [at.date() for at in kept]
    assert days[:7] == [datetime.date(2026, 7, 19) - datetime.timedelta(days=number) for number in range(7)]
    assert {(day.year, day.month) for day in days} == {(2026, month) for month in range(2, 8)}
    assert len(kept) == len(set(kept)) <= 7 + 4 + 6
    assert superfluous({}, Keep.of("7:4:6")) == []


@pytest.mark.parametrize("text", ["", "7", "7:4", "0:0:0", "a:b:c", "-1:2:3"])
def test_what_would_keep_nothing_is_refused(text):
    with pytest.raises(ValueError, match="7:4:6"):
        Keep.of(text)


def test_every_night_one_is_made(tmp_path, page, settings, monkeypatch):
    settings.BACKUP_DIR = str(tmp_path)
    night = timezone.localtime().replace(hour=3)
    monkeypatch.setattr(timezone, "now", lambda: night)
    back_up()
    back_up()
    assert len(backups(tmp_path)) == 1
    monkeypatch.setattr(timezone, "now", lambda: night + datetime.timedelta(days=1))
    back_up()
    assert len(backups(tmp_path)) == 2


def test_a_night_without_a_backup_is_told(tmp_path, page, settings, monkeypatch):
    settings.ADMINS = [("", "quan-tri@example.org")]
    settings.BACKUP_DIR, settings.BACKUP_RECIPIENTS = str(tmp_path), ["age1khong"]
    night = timezone.localtime().replace(hour=3)
    monkeypatch.setattr(timezone, "now", lambda: night)
    back_up()
    back_up()
    assert [message.subject for message in mail.outbox if "backup failed" in message.subject] == [
        "[Django] The nightly backup failed"
    ]


def test_a_lost_file_does_not_fill_the_folder(tmp_path, page, settings, monkeypatch):
    default_storage.delete(page.attachments.get().document.file.name)
    settings.BACKUP_DIR, settings.BACKUP_KEEP = str(tmp_path), "2:0:0"
    night = timezone.localtime().replace(hour=3)
    for number in range(4):
        monkeypatch.setattr(timezone, "now", lambda days=number: night + datetime.timedelta(days=days))
        back_up()
    assert len(backups(tmp_path)) == 2


def test_ids_that_were_given_are_in_it(tmp_path, page, office):
    other = office.draft(office.news, office.article("Khác"))
    number = other.pk
    other.delete()
    assert Reader(make(tmp_path, [])).manifest["last_ids"]["wagtailcore_page"] >= number


def test_one_of_another_version_is_refused(tmp_path, page, monkeypatch):
    known = making.migrations()
    for number, others in enumerate(([*known, "articles.9999_moi"], known[:-3])):
        monkeypatch.setattr(making, "migrations", lambda others=others: others)
        path = make(tmp_path / str(number), [])
        with pytest.raises(CommandError, match="another version"):
            call_command("restore", path, "--replace")
    assert type(page).objects.filter(pk=page.pk).exists()
