"""One transaction for each admin request that may change something."""

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property

from .actor import acting

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class AtomicAdminMiddleware:
    """Runs unsafe admin views in a transaction, so that what they save and its record stand or fall together.

    The record finds there who is at work.

    Wagtail publishes, moves and uploads outside of one and sends its signals after the commit; ATOMIC_REQUESTS
    would make every reader take SQLite's write lock.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    @cached_property
    def prefix(self):
        return reverse("wagtailadmin_home")

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE_METHODS or not request.path.startswith(self.prefix):
            return None
        with acting(request.user), transaction.atomic():
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            return response
