"""What people get where something went wrong: that the database was busy, with all that they typed, or the page for
everything else.
"""

import logging
import sys
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.site import views

# SQLite: "database is locked", "database table is locked". PostgreSQL: lock_not_available, deadlock_detected,
# query_canceled by a time limit.
_SQLITE, _POSTGRESQL = "locked", {"55P03", "40P01", "57014"}
logger = logging.getLogger(__name__)

RETRY_AFTER = "5"


def server_error(request: HttpRequest) -> Any:
    """500, or 503 where another transaction was in the way: then trying again helps, and what was typed is in the
    answer.
    """
    if not is_busy(sys.exc_info()[1]):
        return views.server_error(request)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or "json" in request.headers.get("Accept", ""):
        text = _("The portal is busy just now. Nothing was saved; try again in a moment.")
        said = {"success": False, "error_code": "busy", "error_message": text}
        response: HttpResponse = JsonResponse(said, status=503)
    else:
        typed = [(name, value) for name, several in request.POST.lists() if "password" not in name for value in several]
        response = render(None, "busy.html", {"typed": typed, "has_files": bool(request.FILES)}, status=503)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    # Django would log it as an error, which mails the administrators by way of the database that is busy.
    response._has_been_logged = True
    logger.warning("the database was busy: %s", request.path)
    return response


def is_busy(error: Any) -> bool:
    """Return whether the database says that it was busy, or one of the causes of `error` does."""
    while error is not None:
        if isinstance(error, OperationalError):
            return _SQLITE in str(error) or getattr(error.__cause__, "sqlstate", None) in _POSTGRESQL
        error = error.__cause__ or error.__context__
    return False
