"""One page for one form: Wagtail's autosave does not wait for itself, so a form that is submitted while its first
autosave is under way would make a second page.

The form carries the translation key that the page gets. It is unique, so it tells a second request what the first one
has made.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .tree import lock_tree

# Two requests with one form that nobody answered in between are no further apart than this.
DUPLICATE_WINDOW = timedelta(minutes=2)


def begin_creation(request: HttpRequest, parent: Any, page_class: Any) -> Any:
    """Let a posted form of creation replace the first draft that it has just made.

    Return a redirect to the page where the form has made more than a first draft, else None.

    The form is told by its user, since the view that makes it is Wagtail's; a preview of the same form replaces
    nothing.
    """
    try:
        token = uuid.UUID(request.POST.get("creation_token", ""))
    except ValueError:
        return None
    # Two requests with one form come one after the other.
    lock_tree()
    page = Page.objects.filter(translation_key=token).first()
    if page is None or _is_first_draft(page, request.user, parent, page_class):
        request.user.creates_page = token
        return None
    messages.warning(request, _("This form has made a page already: here it is."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@contextmanager
def in_place_of_first_draft(user: Any, parent: Any, page_class: Any) -> Iterator[Any]:
    """Remove what an autosave of this very form has just made, since the form has all of it and makes it anew.

    Yield the key of the new page (None where no page is created) and a function; where that is called inside, the draft
    stays after all: a form that is not valid replaces nothing.
    """
    token = getattr(user, "creates_page", None)
    if token is None:
        yield None, lambda: None
        return
    with transaction.atomic():
        page = Page.objects.filter(translation_key=token).first()
        if page is not None and _is_first_draft(page, user, parent, page_class):
            page.specific.delete()
        yield token, lambda: transaction.set_rollback(True)


def _is_first_draft(page: Page, user: Any, parent, page_class):
    """Return whether `page` is just what one autosave of a form of creation makes, and nothing has come of it yet."""
    return (
        page.owner_id == user.pk
        and page.specific_class is page_class
        and page.is_child_of(parent)
        and page.revisions.count() == 1
        and page.latest_revision_created_at > timezone.now() - DUPLICATE_WINDOW
        and not page.workflow_states.exists()
        and page.specific.permissions_for_user(user).can_delete()
    )
