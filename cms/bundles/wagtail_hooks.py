"""Where bundles are found in the admin."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from . import actions
from .views import BundleViewSet


@hooks.register("register_admin_viewset")
def register_viewset():
    """The screens of this app."""
    return BundleViewSet()


@hooks.register("before_edit_page")
def say_that_it_is_in_a_bundle(request, page):
    """Whoever opens a page of a bundle learns that it is published with the others."""
    item = actions.item_of(page) if request.method == "GET" else None
    if item is not None:
        button = messages.button(reverse("bundles:inspect", args=[item.bundle_id]), _("Open it"))
        messages.info(
            request, _("This page is published with the bundle “%(name)s”.") % {"name": item.bundle}, buttons=[button]
        )
