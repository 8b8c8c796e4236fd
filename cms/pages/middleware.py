"""One transaction for each admin request that may change something."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.functional import cached_property

from cms.core.actor import acting

from . import creation, tree
from .editing import edited_by

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Checking a password is slow by design, and what is counted of it stands whatever comes of it.
ON_THEIR_OWN = {"account_login", "account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate"}


_preparations: list[Callable[..., AbstractContextManager]] = []


def register_preparation(function: Callable[..., AbstractContextManager]) -> None:
    """Register `function(request, kwargs)`, which gives a context manager that is entered before the transaction of an
    unsafe admin request begins.

    What is slow, such as reading an uploaded file, belongs there: others wait for SQLite's only write lock. `kwargs`
    are those of the view.
    """
    _preparations.append(function)


class AtomicAdminMiddleware:
    """Runs unsafe admin views in a transaction, so that what they save and its record stand or fall together.

    The record finds there who is at work.

    Wagtail publishes, moves and uploads outside of one and sends its signals after the commit; ATOMIC_REQUESTS
    would make every reader take SQLite's write lock.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    @cached_property
    def prefix(self) -> Any:
        return reverse("wagtailadmin_home")

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        if request.method in SAFE_METHODS or not request.path.startswith(self.prefix):
            return None
        if request.resolver_match and request.resolver_match.view_name in ON_THEIR_OWN:
            return None
        with ExitStack() as stack:
            stack.enter_context(acting(request.user))
            if request.user.has_perm("wagtailadmin.access_admin"):
                for prepare in _preparations:
                    stack.enter_context(prepare(request, kwargs))
            stack.enter_context(transaction.atomic())
            if request.resolver_match and tree.changes_tree(request.resolver_match):
                tree.lock_tree()
            making = request.resolver_match and request.resolver_match.view_name == creation.VIEW
            stack.enter_context(creation.one_page_for_form(request, kwargs) if making else edited_by(request))
            try:
                response = view(request, *args, **kwargs)
            except MultiValueDictKeyError as error:
                # Some of Wagtail's views take it for granted that their own form was sent.
                transaction.set_rollback(True)
                raise BadRequest(f"{error} is missing") from error
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            return response
