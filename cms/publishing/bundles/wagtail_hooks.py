"""Where bundles are found in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from cms.pages.dashboard import DashboardLine

from . import actions
from .models import Bundle
from .views import BundleViewSet, bundle_url


@hooks.register("register_admin_viewset")
def register_viewset() -> Any:
    """Return the screens of this app."""
    return BundleViewSet()


@hooks.register("before_edit_page")
def say_that_it_is_in_a_bundle(request: HttpRequest, page: Page) -> None:
    """Whoever opens a page of a bundle learns that it is published with the others."""
    item = actions.item_of(page) if request.method == "GET" else None
    if item is not None:
        button = messages.button(reverse("bundles:inspect", args=[item.bundle_id]), _("Open the bundle"))
        messages.info(
            request, _("This page is published with the bundle “%(name)s”.") % {"name": item.bundle}, buttons=[button]
        )


@hooks.register("construct_homepage_panels")
def show_what_is_ready(request: HttpRequest, panels: Any) -> None:
    """Add a line for each bundle that this person may release."""
    if not actions.may_release(request.user):
        return
    waiting = Bundle.objects.filter(released_at=None, published_at=None, dissolved_at=None)
    # What is still with somebody else is not asked about: to ask costs queries for each page.
    for bundle in waiting.exclude(items=None).exclude(items__revision=None):
        if not actions.blockers(bundle):
            panels.insert(0, DashboardLine(_("The bundle “%(name)s” is ready") % {"name": bundle}, bundle_url(bundle)))
