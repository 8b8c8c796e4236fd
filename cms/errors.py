"""What people and programs get where something went wrong: that the portal was busy, has lost its database or has no
room, with all that somebody typed, or the page for everything else.
"""

import errno
import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from cms.api.problems import MEDIA_TYPE, problem_body
from home.site import views

logger = logging.getLogger(__name__)

BUSY, AWAY, FULL, NO_FILES = "busy", "away", "full", "no files"
# SQLite tells by words. PostgreSQL by codes: lock_not_available, deadlock_detected, query_canceled by a time limit;
# disk_full; class 08 and 57P01 to 57P05 are about the connection.
_SQLITE = {"locked": BUSY, "disk is full": FULL, "disk I/O error": FULL, "unable to open database file": AWAY}
_POSTGRESQL = {"55P03": BUSY, "40P01": BUSY, "57014": BUSY, "53100": FULL, "53300": AWAY}
_CONNECTION = ("08", "57P0")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

# What is given back to nobody, not even to whoever typed it.
_SECRET = ("password", "credential")
RETRY_AFTER = "5"


def server_error(request: HttpRequest) -> Any:
    """500, or 503 where trying again helps after a while: then what was typed is in the answer."""
    error = sys.exc_info()[1]
    return _answer(request, reason_of(error), error)


def bad_request(request: HttpRequest, exception: Exception) -> Any:
    """400, or what `server_error` gives: Django takes a session that can't be stored for one that was ended."""
    if reason := reason_of(exception):
        return _answer(request, reason, exception)
    if request.path.startswith("/api/"):
        return JsonResponse(problem_body(400, "This can't be read."), status=400, content_type=MEDIA_TYPE)
    return defaults.bad_request(request, exception)


def _answer(request: HttpRequest, reason: str, error: Any) -> Any:
    if request.path.startswith("/api/"):
        return _unavailable(_problem(reason), reason, request, error) if reason else _problem(reason)
    if not reason:
        return views.server_error(request)
    title = _titles()[reason]
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or "json" in request.headers.get("Accept", ""):
        text = _("%(title)s. Nothing was saved; try again in a moment.") % {"title": title}
        said = {"success": False, "error_code": reason, "error_message": text}
        return _unavailable(JsonResponse(said, status=503), reason, request, error)
    try:
        typed = [
            (name, value)
            for name, several in request.POST.lists()
            if not any(word in name for word in _SECRET)
            for value in several
        ]
    except Exception:
        # A form that could not be read. What fails in here is told to nobody.
        typed = []
    context = {"title": title, "typed": typed, "has_files": bool(typed and request.FILES)}
    return _unavailable(render(None, "busy.html", context, status=503), reason, request, error)


def _problem(reason: str) -> JsonResponse:
    status = 503 if reason else 500
    # Programs, and their logs, are told in English.
    details = {
        BUSY: "Busy; try again.",
        AWAY: "No database; try again.",
        FULL: "Nothing can be stored; try again later.",
        NO_FILES: "No files; try again.",
    }
    body = problem_body(status, details.get(reason, "Something went wrong here."))
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def _titles() -> dict[str, str]:
    return {
        BUSY: _("The portal is busy just now"),
        AWAY: _("The portal can't reach its database just now"),
        FULL: _("The portal can't store anything just now"),
        NO_FILES: _("The portal can't reach its files just now"),
    }


def _unavailable(response: HttpResponse, reason: str, request: HttpRequest, error: Any) -> HttpResponse:
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    # Django would log it as an error, which mails the administrators by way of the database that is busy.
    response._has_been_logged = True
    match = request.resolver_match
    said = "%s: %s could not answer", reason, match.view_name if match else "something"
    if reason == BUSY:
        logger.warning(*said)
    else:
        logger.error(*said, exc_info=error)
    return response


def reason_of(error: Any) -> str:
    """Return why trying again helps: BUSY, AWAY, FULL or NO_FILES, by what `error` or one of its causes says; "" for
    anything else.
    """
    # Where media are in a bucket (`cms.media.storage`); else it is not loaded.
    bucket: Any = sys.modules.get("botocore.exceptions")
    while error is not None:
        if isinstance(error, OperationalError) or (isinstance(error, InterfaceError) and "connection" in str(error)):
            return _of_database(error)
        # Where no file can be written, Python finds no folder for temporary ones.
        no_folder = isinstance(error, FileNotFoundError) and "temporary directory" in str(error)
        if no_folder or (isinstance(error, OSError) and error.errno in _NO_ROOM):
            return FULL
        if bucket is not None and isinstance(error, bucket.BotoCoreError | bucket.ClientError):
            return NO_FILES
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return ""


def _of_database(error: Exception) -> str:
    for words, reason in _SQLITE.items():
        if words in str(error):
            return reason
    if not hasattr(error.__cause__, "sqlstate"):
        return ""
    code = error.__cause__.sqlstate
    # Without a code the server was not reached at all.
    if code is None or code.startswith(_CONNECTION):
        return AWAY
    return _POSTGRESQL.get(code, "")
