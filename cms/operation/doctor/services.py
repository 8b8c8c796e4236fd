"""Findings about what has to answer or to run beside the web server."""

import smtplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.storage import default_storage

from ..health import failures
from .findings import Finding

_SECONDS = 5
_SERVICES = {
    "database": "start the database; look at DATABASE_URL",
    "replica": "start it; look at REPLICA_URL and, on the primary, at pg_stat_replication: until then it is not asked",
    "version": "let that version serve, or run `migrate` of this one",
    "disk": "make room: old backups, logs, `manage.py wagtail_update_image_renditions` after deleting images",
    "projector": "look for `no form could be made` in the log; `manage.py check_store` names the pages",
    "worker": "start `manage.py db_worker --backend queue` (portal-worker.service), and look at the mail server",
    "webhooks": "start `manage.py deliver_webhooks` (portal-webhooks.service)",
    "schedule": "start `manage.py run_schedule` (portal-schedule.service)",
    "backup": "look at the log of the schedule, and try `manage.py backup`",
}


def health_findings() -> Iterator[Finding]:
    """Yield what `/readyz` says."""
    for name, what in failures().items():
        yield Finding(f"{name}: {what}", _SERVICES[name])


def backup_findings() -> Iterator[Finding]:
    """Yield what is wrong with how backups are made."""
    if not settings.BACKUP_DIR:
        yield Finding("no backup is made", "set BACKUP_DIR; docs/operations.md, Backup")
        return
    if not settings.BACKUP_RECIPIENTS:
        yield Finding(
            "backups are not encrypted, and have no keys",
            "make a key with age-keygen on another machine, and set BACKUP_RECIPIENTS",
        )
    folder = Path(settings.BACKUP_DIR)
    if folder.exists() and folder.stat().st_dev == Path(settings.DATA_DIR).stat().st_dev:
        yield Finding(
            "backups are on the disk that they are for", "set BACKUP_DIR to another disk, and copy it elsewhere"
        )


def mail_findings() -> Iterator[Finding]:
    """Yield what is wrong with the mail server."""
    if not settings.MAIL_DELIVERY_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding("mail goes nowhere", "use cms.settings.production, and set EMAIL_HOST")
        return
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=_SECONDS) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls()
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        name = type(error).__name__
        yield Finding(
            f"the mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take us ({name})",
            "look at EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD and EMAIL_USE_TLS",
        )


def bucket_findings() -> Iterator[Finding]:
    """Yield what is wrong with the bucket of the media, where one is set."""
    if not settings.MEDIA_BUCKET:
        return
    storage: Any = default_storage
    client, name = storage.connection.meta.client, settings.MEDIA_BUCKET
    try:
        some = [one["Key"] for one in client.list_objects_v2(Bucket=name, MaxKeys=1).get("Contents", ())]
        # Of a bucket whose versions were switched off the former ones stay.
        keeps = client.get_bucket_versioning(Bucket=name).get("Status") and not _ends_versions(client, name)
    except (BotoCoreError, ClientError) as error:
        yield Finding(
            f"the bucket {name} does not answer ({type(error).__name__})",
            "look at MEDIA_BUCKET, MEDIA_ENDPOINT and the credentials (AWS_ACCESS_KEY_ID …)",
        )
        return
    if keeps:
        yield Finding(
            f"the bucket {name} keeps old versions: what is purged stays there",
            "delete them, and let a rule of its life cycle end them (NoncurrentVersionExpiration)",
        )
    anybody = storage.unsigned_connection.meta.client
    if _may(anybody.list_objects_v2, Bucket=name) or any(
        _may(anybody.head_object, Bucket=name, Key=key) for key in some
    ):
        yield Finding(
            f"anybody can read the bucket {name}: files of drafts are in it", "close it; the portal serves files"
        )


def _ends_versions(client: Any, name: str) -> bool:
    try:
        rules = client.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    except ClientError:
        return False
    return any("NoncurrentVersionExpiration" in rule and rule["Status"] == "Enabled" for rule in rules)


def _may(ask: Any, **what: Any) -> bool:
    try:
        ask(**what)
    except (BotoCoreError, ClientError):
        return False
    return True


def redis_findings() -> Iterator[Finding]:
    """Yield what is wrong with Redis, where one is set."""
    if settings.REDIS_URL:
        try:
            redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS).ping()
        except (redis.RedisError, ValueError) as error:
            yield Finding(f"Redis does not answer ({type(error).__name__})", "start it; look at REDIS_URL")
