"""Checkpoints: once a day the end of the record is told to places outside of the installation (`RECORD_CHECKPOINTS`).

Whoever holds the database and the key can make the record anew, but not what was told before: `verify --expect
NUMBER:HASH` compares with that. Targets are `mail:ADDRESS`, `file:PATH` (appended to) and `syslog:` with the path of a
socket or HOST:PORT.
"""

import logging
import logging.handlers
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .chain import locked_head, seal
from .keys import current_key, signature
from .models import RecordHead

logger = logging.getLogger(__name__)


def send_daily() -> None:
    """Send a checkpoint where the last one is not of today. A job of `cms.core.due`."""
    today = timezone.localdate()
    if not settings.RECORD_CHECKPOINTS:
        return
    with transaction.atomic():
        head = locked_head()
    if head.told_on == today:
        return
    # Before it is told: a target that fails is not asked again every few seconds, it is logged.
    if RecordHead.objects.filter(pk=1, told_on=head.told_on).update(told_on=today):
        send()


def send() -> str:
    """Tell every target of the record's end, and return the line that was told. What fails is logged."""
    seal()
    head = RecordHead.objects.get(pk=1)
    at, key = timezone.now().isoformat(timespec="seconds"), current_key()
    line = f"{at} {head.seq}:{head.hash} {key}:{signature(key, [at, head.seq, head.hash])}"
    for target in settings.RECORD_CHECKPOINTS:
        try:
            _tell(target, line)
        except OSError:
            logger.exception("the checkpoint of the record could not be sent to %s", target.partition(":")[0])
    return line


def _tell(target: str, line: str) -> None:
    kind, _colon, place = target.partition(":")
    if kind == "mail":
        body = _("Keep this mail: it shows later that the record was not made anew.\n\n%(line)s\n") % {"line": line}
        send_mail(_("Checkpoint of the record"), body, None, [place])
    elif kind == "file":
        with Path(place).open("a") as file:
            file.write(f"{line}\n")
    else:
        host, _colon, port = place.partition(":")
        handler = logging.handlers.SysLogHandler((host, int(port)) if port else place or "/dev/log")
        try:
            handler.emit(logging.LogRecord("portal", logging.INFO, "", 0, "record checkpoint %s", (line,), None))
        finally:
            handler.close()
