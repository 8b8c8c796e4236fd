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
from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .editing import edited_by, editing
from .tree import lock_tree

# Wagtail's view of the form of creation.
VIEW = "wagtailadmin_pages:add"
# Two requests with one form that nobody answered in between are no further apart than this.
DUPLICATE_WINDOW = timedelta(minutes=2)
# The forms of creation that a person has sent, in their session.
_SENT = "sent_forms"
_REMEMBERED = 20


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
        # An autosave may arrive after what was sent later, by the person.
        is_late = editing().autosaves and _was_sent(request, key)
        if draft is None or is_late or not _is_first_draft(draft, request.user, kwargs):
            yield
        else:
            draft.specific.delete()
            yield
            if not Page.objects.filter(translation_key=key).exists():
                transaction.set_rollback(True)
                return
        if not editing().autosaves and Page.objects.filter(translation_key=key).exists():
            _remember(request, key)


def lead_to_what_was_made(request: HttpRequest, parent: Any, page_class: Any) -> Any:
    """Return a redirect to the page where this form has made more than a first draft already, else None. An autosave,
    which follows none, is told so.
    """
    page = Page.objects.filter(translation_key=_key_of(request)).first()
    if page is None:
        return None
    text = _("This form has made a page already: here it is.")
    if editing().autosaves:
        # As Wagtail answers an autosave that a hook keeps from being stored.
        return JsonResponse({"success": False, "error_code": "blocked_by_hook", "error_message": text}, status=400)
    messages.warning(request, text)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _was_sent(request: HttpRequest, key: uuid.UUID) -> bool:
    """Return whether the person has sent this form. Read anew: another request may have written it since this one
    began.
    """
    return str(key) in type(request.session)(request.session.session_key).get(_SENT, [])


def _remember(request: HttpRequest, key: uuid.UUID) -> None:
    """Remember, in the transaction of the page, that the person has sent this form."""
    request.session[_SENT] = [*request.session.get(_SENT, []), str(key)][-_REMEMBERED:]
    request.session.save()


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
