"""`manage.py doctor` looks an installation over, and says how each finding is mended."""

import shutil
import socket
import tempfile
import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Site

from cms.accounts.models import User
from cms.accounts.roles import APPROVER, GROUPS
from cms.core.assets import manifest_of
from cms.core.due import do_what_is_due
from cms.operation.models import Heartbeat
from tests.bucket import media_in_a_bucket


def doctor():
    """What it says; it ends with an error where there is a finding."""
    out, failed = StringIO(), False
    try:
        call_command("doctor", stdout=out)
    except CommandError:
        failed = True
    assert failed == ("→" in out.getvalue())
    return out.getvalue()


@pytest.fixture
def mail_server():
    """A mail server that greets and says yes to everything."""

    def talk(one):
        with one, one.makefile("rwb") as stream:
            stream.write(b"220 ready\r\n")
            stream.flush()
            for line in stream:
                stream.write(b"221 bye\r\n" if line.lower().startswith(b"quit") else b"250 ok\r\n")
                stream.flush()

    def serve():
        while True:
            try:
                one, _address = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=[one], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


@pytest.fixture
def sound(office, settings, tmp_path, mail_server, monkeypatch):
    """An installation as it should be."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "cms.settings.production")
    settings.SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example.org"
    settings.ADMINS = [("", "quan-tri@portal.gov.vn")]
    settings.RECORD_CHECKPOINTS = ["mail:ngoai@portal.gov.vn"]
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path
    (tmp_path / manifest_of(settings.BASE_DIR)).touch()
    # Another disk than the one of the data.
    backups = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="doctor-", dir=backups))
    settings.BACKUP_DIR = str(folder)
    (folder / f"portal-{timezone.now():%Y%m%dT%H%M%SZ}.tar.age").touch()
    settings.BACKUP_RECIPIENTS = ["age1"]
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    Site.objects.update(hostname="portal.example.org")
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@portal.gov.vn")
    do_what_is_due()
    yield
    shutil.rmtree(folder)


def test_an_installation_that_is_right(sound):
    said = doctor()
    assert "→" not in said, said
    assert "people: right" in said


def no_schedule(settings):
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=1))


def readable_key(settings):
    (settings.DATA_DIR / "secret-key").touch(mode=0o644)
    (settings.DATA_DIR / "secret-key").chmod(0o644)


def no_mail(settings):
    settings.EMAIL_PORT = 1


def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def no_backup(settings):
    settings.BACKUP_DIR = ""


def open_backup(settings):
    settings.BACKUP_RECIPIENTS = []


def no_approver(settings):
    Group.objects.get(name=GROUPS[APPROVER]).user_set.clear()


def superuser(settings):
    User.objects.filter(username="editor").update(is_superuser=True)


def demo_account(settings):
    User.objects.filter(username="editor").update(email="editor@example.org")


def other_address(settings):
    Site.objects.update(hostname="localhost")


def proxy_seen(settings):
    settings.PROXIES = 0
    (settings.DATA_DIR / "proxy-seen").touch()


def no_static_files(settings):
    (settings.STATIC_ROOT / manifest_of(settings.BASE_DIR)).unlink()


def plain_cookies(settings):
    settings.SESSION_COOKIE_SECURE = False


def nobody_told(settings):
    settings.ADMINS = []


FAULTS = [
    (no_schedule, "portal-schedule.service"), (readable_key, "chmod 600"), (no_mail, "EMAIL_HOST"),
    (no_redis, "REDIS_URL"), (no_backup, "BACKUP_DIR"), (open_backup, "age-keygen"), (no_approver, "grant_role"),
    (superuser, "take the flag away"), (demo_account, "close them"), (other_address, "Settings → Sites"),
    (proxy_seen, "set PROXIES"), (no_static_files, "make build"), (plain_cookies, "SESSION_COOKIE_SECURE"),
    (nobody_told, "ADMINS"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "mend"), FAULTS, ids=[fault.__name__ for fault, _mend in FAULTS])
def test_a_fault_is_found(sound, settings, fault, mend):
    fault(settings)
    said = doctor()
    assert "→" in said
    assert mend in said, said


@pytest.fixture
def bucket(sound, settings):
    with media_in_a_bucket(settings) as client:
        yield client


def test_a_bucket_that_anybody_can_read_is_found(bucket):
    assert "anybody can read the bucket portal" in doctor()


def test_a_bucket_that_keeps_what_was_purged_is_found(bucket):
    bucket.put_bucket_versioning(Bucket="portal", VersioningConfiguration={"Status": "Enabled"})
    assert "what is purged stays there" in doctor()
    ends = {"ID": "a", "Status": "Enabled", "Prefix": "", "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}
    bucket.put_bucket_lifecycle_configuration(Bucket="portal", LifecycleConfiguration={"Rules": [ends]})
    assert "what is purged stays there" not in doctor()


def test_a_bucket_that_does_not_answer_is_found(bucket):
    bucket.delete_bucket(Bucket="portal")
    assert "MEDIA_ENDPOINT" in doctor()


def test_a_password_is_in_no_finding(sound, settings):
    settings.REDIS_URL = "redis://:hidden-word@127.0.0.1:1/0"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "hidden-word"
    assert "hidden-word" not in doctor()
