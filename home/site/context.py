"""What every page of the site is rendered with."""

from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.urls import reverse

from . import content
from .templatetags.site import local


def address_of(view: str, *args: Any) -> str:
    """Return the absolute address of a view of the site that is no page."""
    root = content.get("site/")["root"]
    return urljoin(root["html_url"] if root else "/", reverse(view, args=args))


def page_context(request: HttpRequest, page: Any | None = None, **extra: Any) -> dict:
    """Return the site's name and menus, the page's breadcrumb, and which entry of the menu is current."""
    site = content.get("site/")
    trail = list(page["meta"].get("ancestors") or []) if page else [site["root"]] if site["root"] else []
    canonical = page["meta"]["html_url"] if page else None
    path = request.path
    menu = []
    for item in site["menus"]["main"]:
        href = local(item["href"]) if item["page"] else item["href"]
        current = path == href or (href != "/" and path.startswith(href))
        menu.append({"title": item["title"], "href": href, "current": current})
    return {"site": site, "menu": menu, "page": page, "trail": trail, "preview": False, "canonical": canonical, **extra}
