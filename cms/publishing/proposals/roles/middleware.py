"""Wagtail's screens of groups and workflows, which propose what they would change."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow

from cms.core.actor import acting

from .. import mails
from ..actions import propose
from ..kinds import Line
from ..rights.trust import holders, somebody_else_could_confirm
from .changes import between, check, owner_of, store
from .kind import NAME
from .rules import current_rules, thing_models

# By namespace, so that a screen that a later Wagtail adds is held as well.
_SCREENS = {"wagtailusers_groups", "wagtailadmin_workflows"}
# Only these end what is under way, which is counted for them.
_SWITCHING_OFF = {"disable", "disable_task"}


class RulesByTwoMiddleware:
    """Lets these screens do what they do, sees what has come of it, takes it back and proposes it.

    They have no common place before they store: forms, formsets, a chooser and plain functions each save on their own
    (seen in Wagtail 8.0.1).
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        if request.method != "POST" or not request.resolver_match:
            return None
        if not _SCREENS.intersection(request.resolver_match.namespaces):
            return None
        with acting(request.user), transaction.atomic():
            # One at a time: what another one stores meanwhile would be taken for this one's.
            list(Group.objects.select_for_update().order_by("pk"))
            before = current_rules(under_way=request.resolver_match.url_name in _SWITCHING_OFF)
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            changes = between(before, current_rules())
            if not changes:
                return response
            transaction.set_rollback(True)
        # The screen has said that it is done.
        list(get_messages(request))
        return _propose(request, changes)


def _propose(request: HttpRequest, changes: dict[str, Any]) -> Any:
    subject = changes["subject"]
    try:
        with acting(request.user), transaction.atomic():
            if somebody_else_could_confirm(request.user):
                proposal = propose(NAME, _first(changes), subject, changes, request.user)
            else:
                proposal = None
                # In place of what the screen did: some of Wagtail's forms store past the signals that are recorded.
                check(changes)
                store(changes)
                addresses = [one.email for one in holders()]
                mails.tell_of_immediate(subject, [Line(*words) for words in changes["words"]], addresses, request.user)
    except ValidationError as error:
        return _answer(request, messages.error, " ".join(error.messages), reverse("proposals"))
    if proposal is None:
        said, url = _("Nobody else could confirm this yet, so it is done."), reverse("wagtailadmin_home")
    else:
        said = _("Proposed. A second person decides, and has a mail about it.")
        url = reverse("proposal", args=[proposal.pk])
    return _answer(request, messages.warning, said, url)


def _answer(request: HttpRequest, say: Any, message: str, url: str) -> Any:
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        # The chooser of tasks, in which a task can be made, shows what it is given.
        shown = render_to_string("proposals/in_chooser.html", {"message": message, "url": url}, request)
        step = {"step": "reshow_create_tab", "htmlFragment": shown}
        return render_modal_workflow(request, None, None, None, json_data=step)
    say(request, message)
    return redirect(url)


def _first(changes: dict[str, Any]) -> Any:
    """Return what the proposal is about: the role or workflow that changes, stored or not."""
    for label, pk, old, _new in changes["things"]:
        return thing_models()[label](pk=pk if old is not None else None)
    return owner_of(changes["links"][0][1])
