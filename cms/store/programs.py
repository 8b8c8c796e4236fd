"""Which versions of the program make forms: one that was never seen before is the newest, and so is the one that
migrated last.
"""

import logging
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction

from .models import ChangeLogHead
from .version import projection_version, with_this

logger = logging.getLogger(__name__)


def known_programs(head: ChangeLogHead) -> list[str]:
    """Return the versions that the head names, the newest last; where this one is not among them, it is announced."""
    if projection_version() in head.programs:
        return head.programs
    try:
        return announce()
    except DatabaseError:
        # Tried again with the next request: meanwhile others may make forms anew that this one could.
        logger.exception("the version of the program could not be announced")
        return head.programs


def announce(model: Any = ChangeLogHead) -> list[str]:
    """Make this version of the program the newest; return all."""
    with transaction.atomic():
        head = model.objects.select_for_update().filter(pk=1).first()
        if head is None:
            return with_this([])
        if head.programs[-1:] != [projection_version()]:
            head.programs = with_this(head.programs)
            head.save(update_fields=["programs"])
        return list(head.programs)


def announce_after_migrate(using: str, apps: Apps = installed, **kwargs: Any) -> None:
    """Whoever migrates installs this version, also where it is an older one that somebody goes back to."""
    if using != DEFAULT_DB_ALIAS:
        return
    try:
        model = apps.get_model("store", "ChangeLogHead")
    except LookupError:
        # Its tables were taken away.
        return
    announce(model)
