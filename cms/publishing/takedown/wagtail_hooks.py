"""Where taking down is found in the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from . import actions, permissions
from .models import TakedownKind
from .undoing import may_undo
from .undoing_view import UndoView
from .views import TakedownView


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [
        path("pages/<int:page_id>/take-down/", TakedownView.as_view(), name="takedown"),
        path("pages/<int:page_id>/undo/", UndoView.as_view(), name="undo_publication"),
    ]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_takedown(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Yield a button on pages that are public or will be."""
    public_soon = page.live or page.approved_schedule
    if public_soon and permissions.may_be_taken_down(page) and permissions.may_propose(user):
        yield Button(_("Take down"), reverse("takedown", args=[page.pk]), icon_name="warning", priority=68)


@hooks.register("register_page_header_buttons")
def offer_to_undo(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Where a version before is there, for those who may hide."""
    if may_undo(user, page):
        yield Button(
            _("Undo the publication"), reverse("undo_publication", args=[page.pk]), icon_name="undo", priority=70
        )


@hooks.register("before_edit_page")
def say_that_it_is_taken_down(request: HttpRequest, page: Page) -> None:
    """Wagtail still calls a hidden page live, so the editor says what readers see, or are to see."""
    if request.method != "GET":
        return
    effective, proposal = actions.in_effect(page), actions.waiting(page)
    began = effective.proposal if effective is not None else proposal
    if began is None:
        return
    kind = effective.kind if effective is not None else began.changes["kind"]
    messages.warning(
        request,
        _("%(kind)s, since %(name)s asked for it: “%(reason)s”")
        % {
            "kind": TakedownKind(kind).label,
            "name": began.proposed_by.get_full_name() if began.proposed_by else "–",
            "reason": effective.reason if effective is not None else began.reason,
        },
        buttons=[messages.button(reverse("takedown", args=[page.pk]), _("Take down"))],
    )
