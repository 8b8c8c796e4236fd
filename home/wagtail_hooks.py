"""The admin in the portal's colours."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def portal_colours():
    """The style sheet with our values of Wagtail's tokens."""
    return format_html('<link rel="stylesheet" href="{}">', static("home/admin.css"))
