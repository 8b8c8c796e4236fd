"""Findings about settings and what stands on the disk beside the program."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from cms.accounts.models import User
from cms.core.assets import manifest_of

from .findings import Finding


def settings_findings() -> Iterator[Finding]:
    """Yield what Django's own checks for production say, and what they can't know."""
    module = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    if module != "cms.settings.production":
        yield Finding(
            f"the settings are {module}: no TLS is asked for, no second factor, mail goes to the console",
            "set DJANGO_SETTINGS_MODULE=cms.settings.production and what .env.example names",
        )
    for message in run_checks(include_deployment_checks=True):
        if not message.is_silenced():
            yield Finding(f"{message.id}: {message.msg}", str(message.hint or "see Django's deployment checklist"))
    if not settings.ADMINS:
        yield Finding("nobody is told of errors and of changes behind the CMS", "set ADMINS to addresses, by comma")
    if not settings.RECORD_CHECKPOINTS:
        yield Finding(
            "the end of the record is told nowhere: who has database and key can make it anew unseen",
            "set RECORD_CHECKPOINTS, such as mail:ADDRESS of somebody outside the office",
        )
    if not settings.PROXIES and (Path(settings.DATA_DIR) / "proxy-seen").exists():
        yield Finding(
            "requests have come by a proxy, but PROXIES is 0: all readers look like one, and share one limit",
            "set PROXIES to the number of proxies in front, restart, and delete proxy-seen in DATA_DIR",
        )


def data_findings() -> Iterator[Finding]:
    """Yield what is wrong with the files in DATA_DIR."""
    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.W_OK):
        yield Finding(f"{folder} can't be written", "give it to the user of the services")
    if not (Path(settings.STATIC_ROOT) / manifest_of(settings.BASE_DIR)).exists():
        yield Finding("styles and scripts are not collected", "run `make build`")
    for name in ("secret-key", "record-keys"):
        path = folder / name
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(f"others can read {path}", f"chmod 600 {path}")
    if not settings.RECORD_KEYS and not Path(settings.RECORD_KEYS_FILE).exists():
        yield Finding(
            "the keys of the record are not there", "put record-keys back from the backup; without it verify fails"
        )


def database_findings() -> Iterator[Finding]:
    """Yield what is wrong with what the database holds. Raise DatabaseError where it does not answer."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield Finding(f"{len(plan)} migrations are not applied", "run `manage.py migrate`")
        return
    site, wanted = Site.objects.filter(is_default_site=True).first(), urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if site is None or site.hostname != wanted.hostname:
        found = site.hostname if site else "nothing"
        yield Finding(
            f"the addresses that the API gives are of {found}, PUBLIC_URL is {wanted.hostname}",
            "set the host under Settings → Sites, or PUBLIC_URL",
        )
    demo = User.objects.filter(is_active=True, email__endswith="@example.org")
    if demo.exists():
        names = ", ".join(demo.order_by("username").values_list("username", flat=True)[:5])
        yield Finding(f"accounts of the demo are open: {names}", "close them in the admin")
