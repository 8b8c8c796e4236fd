"""One page for one form: Wagtail's autosave does not wait for itself, so a form that is submitted while its first autosave is under way would make a second page.

The form carries the translation key that the page gets. It is unique, so it tells a second request what the first one has made.
"""

import uuid
from contextlib import contextmanager

from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page


def lead_to_what_was_made(request, parent, page_class):
    """Answers a form of creation that has made more than a first draft already (it is in review, say) with that page."""
    try:
        token = uuid.UUID(request.POST.get("creation_token", ""))
    except ValueError:
        return None
    # Two requests with one form come one after the other.
    Page.objects.select_for_update().get(pk=parent.pk)
    page = Page.objects.filter(translation_key=token).first()
    if page is None or _is_first_draft(page, request.user, parent, page_class):
        return None
    messages.warning(request, _("This form has made a page already: here it is."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@contextmanager
def in_place_of_first_draft(token, user, parent, page_class):
    """Removes what an autosave of this very form has just made, since the form has all of it and makes it anew.

    Gives a function; where it is called inside, the draft stays after all: a form that is not valid replaces nothing.
    """
    with transaction.atomic():
        page = Page.objects.filter(translation_key=token).first()
        if page is not None and _is_first_draft(page, user, parent, page_class):
            page.specific.delete()
        yield lambda: transaction.set_rollback(True)


def _is_first_draft(page, user, parent, page_class):
    return (
        page.owner_id == user.pk
        and page.specific_class is page_class
        and page.is_child_of(parent)
        and not page.live
        and not page.workflow_states.exists()
        and not page.revisions.exclude(user=user).exists()
    )
