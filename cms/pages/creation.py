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

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .editing import edited_by
from .tree import lock_tree

# Wagtail's view of the form of creation.
VIEW = "wagtailadmin_pages:add"
# Two requests with one form that nobody answered in between are no further apart than this.
DUPLICATE_WINDOW = timedelta(minutes=2)


@contextmanager
def one_page_for_form(request: HttpRequest, kwargs: dict[str, Any]) -> Iterator[None]:
    """Let the view (`VIEW`, with `kwargs`) that takes a posted form of creation make its page inside.

    What an autosave of this very form has just made is removed before, since the form has all of it; it is there again
    where the form makes nothing, because it is not valid.
    """
    key = _key_of(request)
    if key is None:
        with edited_by(request):
            yield
        return
    # Two requests with one form come one after the other.
    lock_tree()
    draft = Page.objects.filter(translation_key=key).first()
    with edited_by(request, creates=key), transaction.atomic():
        if draft is None or not _is_first_draft(draft, request.user, kwargs):
            yield
            return
        draft.specific.delete()
        yield
        if not Page.objects.filter(translation_key=key).exists():
            transaction.set_rollback(True)


def lead_to_what_was_made(request: HttpRequest, parent: Any, page_class: Any) -> Any:
    """Return a redirect to the page where this form has made more than a first draft already, else None."""
    page = Page.objects.filter(translation_key=_key_of(request)).first()
    if page is None:
        return None
    messages.warning(request, _("This form has made a page already: here it is."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _key_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("creation_token", ""))
    except ValueError:
        return None


def _is_first_draft(page: Page, user: Any, kwargs: dict[str, Any]) -> bool:
    """Return whether `page` is just what one autosave of a form of creation makes, and nothing has come of it yet."""
    natural_key = kwargs["content_type_app_name"], kwargs["content_type_model_name"]
    parent = Page.objects.filter(pk=kwargs["parent_page_id"]).first()
    return (
        page.owner_id == user.pk
        and ContentType.objects.get_for_id(page.content_type_id).natural_key() == natural_key
        and parent is not None
        and page.is_child_of(parent)
        and page.revisions.count() == 1
        and page.latest_revision_created_at is not None
        and page.latest_revision_created_at > timezone.now() - DUPLICATE_WINDOW
        and not page.workflow_states.exists()
        and page.specific.permissions_for_user(user).can_delete()
    )
