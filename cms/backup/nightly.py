"""The backup of every night, where a folder is set for it."""

import logging
from pathlib import Path

from django.conf import settings
from django.core.mail import mail_admins
from django.utils import timezone

from .making import make
from .rotation import Keep, backups, superfluous

logger = logging.getLogger(__name__)

# After midnight's jobs and before the office opens.
HOUR = 2


def back_up() -> None:
    """Make today's backup and delete superfluous ones, once a day; mail the administrators where it fails. A job of
    `cms.core.due`.
    """
    now = timezone.localtime()
    if not settings.BACKUP_DIR or now.hour < HOUR:
        return
    folder = Path(settings.BACKUP_DIR)
    tried = folder / ".tried"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if tried.exists() and tried.read_text() == now.date().isoformat():
            return
        # Before it is made: one that fails is not begun again every few seconds.
        tried.write_text(now.date().isoformat())
        try:
            path = make(folder, settings.BACKUP_RECIPIENTS)
        finally:
            # Also where files were missing: else the folder fills night by night.
            rotate(folder)
        logger.info("backup %s made", path.name)
    except Exception as error:
        logger.exception("the nightly backup failed")
        mail_admins(
            "The nightly backup failed", f"{error!r}\n\nSee the log; try `manage.py backup`.", fail_silently=True
        )


def rotate(folder: Path) -> list[Path]:
    """Delete the backups that are not kept any more, and return them."""
    gone = superfluous(backups(folder), Keep.of(settings.BACKUP_KEEP))
    for path in gone:
        path.unlink()
    return gone
