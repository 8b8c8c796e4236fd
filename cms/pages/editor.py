"""What the editor's script (`pages/editor.js`) needs: its words, and whether somebody is still logged in."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.translation import gettext as _
from wagtail.models import Page


def session(request: HttpRequest) -> Any:
    """Return who is logged in, the token of forms, and the latest version of the page that `page` names.

    Whoever isn't logged in gets 403, as every script does from Wagtail's admin.
    """
    number = request.GET.get("page", "")
    page = (
        Page.objects.filter(pk=number).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
    )
    return JsonResponse(
        {
            "user": request.user.pk,
            "csrf": get_token(request),
            "latest": page.latest_revision_id if page is not None else None,
        }
    )


def script() -> Any:
    """Return the script and its words."""
    words = {
        "sessionUrl": reverse("editor_session"),
        "loginUrl": reverse("wagtailadmin_login"),
        "notKept": _("Saved, but not what stands in:"),
        "incomplete": _("Saved. Still to be completed before it is submitted:"),
        "stored": _("What was stored before stays."),
        "loginTitle": _("Log in again"),
        "loginWhy": _(
            "Your session has ended. What you wrote is still here and is saved as soon as you have logged in."
        ),
        "username": _("Username"),
        "password": _("Password"),
        "logIn": _("Log in"),
        "wrong": _("Username or password is wrong. Try again."),
        "otherUser": _("That is another account than the one that wrote this. Log in with that one."),
        "offline": _(
            "The server can't be reached. What you wrote is kept in this browser; it is saved when the line is back."
        ),
        "offlineUnkept": _(
            "The server can't be reached, and this browser can't keep what you wrote: leave this page open."
        ),
        "conflict": _("Somebody has saved a newer version since you opened this page."),
        "difference": _("Show the difference"),
        "overwrite": _("Save over it all the same"),
        "found": _("What you wrote here on %s was not saved. It is still in this browser."),
        "restore": _("Restore it"),
        "restoreAnyway": _("Restore it over the newer version"),
        "discard": _("Discard it"),
        "newer": _(
            "Somebody has saved a newer version since. Restoring yours makes it the latest; the other stays in the "
            "history."
        ),
    }
    return format_html(
        '{}<script src="{}" defer></script>', json_script(words, "portal-editor-words"), static("pages/editor.js")
    )
