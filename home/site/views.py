"""The views of the public site."""

from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import content
from .context import address_of, page_context
from .feeds import feeds_of
from .listings import BadFilter, Listing
from .pages import render_page
from .templatetags.site import local

SEARCH_TYPES = {
    "tin-bai": "articles.ArticlePage",
    "van-ban": "articles.DirectivePage",
    "ke-hoach": "articles.TaskPlanPage",
}
RESULTS = 10
ICONS = (192, 512)
# The light colours of styles/tokens.css: a manifest can't have two sets.
PAPER, BRAND = "#fdfcf9", "#97191d"


def friendly(view: Any) -> Any:
    """Answer what the API refuses with a page that a reader understands."""

    @wraps(view, updated=())
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any):
        try:
            return view(request, *args, **kwargs)
        except content.NotFound as error:
            raise Http404 from error
        except (BadFilter, content.RefusedParameter) as error:
            label = error if isinstance(error, BadFilter) else error.parameter
            context = page_context(request, title=_("A filter makes no sense"), label=label)
            return render(request, "site/bad_filter.html", context, status=400)
        except content.Unavailable:
            response = render(request, "site/unavailable.html", status=503)
            response["Retry-After"] = "30"
            return response

    return require_safe(wrapped)


@friendly
def page(request: HttpRequest, path: str) -> Any:
    """Whatever stands at an address: a page, or where it went. A page under another spelling sends to its own."""
    try:
        found = content.get("pages/lookup/", path=request.get_full_path())
    except content.RefusedParameter as error:
        # Nothing that is too long or malformed for an address is one.
        raise Http404 from error
    if found.get("kind") == "redirect":
        redirect = HttpResponsePermanentRedirect if found["permanent"] else HttpResponseRedirect
        return redirect(found["location"])
    if found.get("kind") == "removed":
        return removed(found, request)
    address = local(found["meta"]["html_url"])
    if address != request.path:
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    return render_page(found, request)


def removed(found: Any, request: HttpRequest) -> Any:
    """Return a page that was taken down: its successor, or a notice.

    410 says that it will not come back, 404 leaves that open.
    """
    if found["target"]:
        return HttpResponsePermanentRedirect(local(found["target"]["html_url"]))
    context = page_context(request, title=_("This page is not here any more"), removed=found)
    return render(request, "site/removed.html", context, status=404 if found["how"]["code"] == "hidden" else 410)


@friendly
def search(request: HttpRequest) -> Any:
    """Return the search page: `q`, optionally one kind of content (`loai`)."""
    query = " ".join(request.GET.get("q", "").split())
    kind = request.GET.get("loai", "")
    if kind and kind not in SEARCH_TYPES:
        raise BadFilter(_("Kind"))
    results = None
    if query:
        results = Listing("search/", request, {"q": query, "type": SEARCH_TYPES.get(kind)}, RESULTS)
    kinds = [
        ("", _("Everything")),
        ("tin-bai", _("News")),
        ("van-ban", _("Official documents")),
        ("ke-hoach", _("Task plans")),
    ]
    context = page_context(
        request,
        title=_("Search"),
        query=query,
        kind=kind,
        kinds=kinds,
        listing=results,
        current="site_search",
    )
    return render(request, "site/search.html", context)


@friendly
def sitemap(request: HttpRequest) -> Any:
    """Return the sections with what stands in them, for people."""
    context = page_context(request, title=_("Sitemap"), canonical=address_of("site_map"))
    site = context["site"]
    sections = [
        (reference, content.get("pages/", child_of=reference["id"], order="title", limit=content.MAX_LIMIT))
        for reference in site["sections"].values()
        if reference
    ]
    standard = content.get_all("pages/", type="home.StandardPage", order="title")
    return render(request, "site/sitemap.html", {**context, "sections": sections, "standard": standard})


@friendly
def sitemap_xml(request: HttpRequest) -> Any:
    """Return the index of the sitemaps, for machines (https://www.sitemaps.org/protocol.html)."""
    parts = range(1, content.get("pages/addresses/")["meta"]["parts"] + 1)
    addresses = [address_of("site_map_part", part) for part in parts]
    return render(request, "site/sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


@friendly
def sitemap_part(request: HttpRequest, part: int) -> Any:
    """Return one part of the public pages, for machines."""
    try:
        pages = content.get("pages/addresses/", part=part)["items"]
    except content.RefusedParameter as error:
        # Nothing that makes no sense as a number of a part is one.
        raise Http404 from error
    return render(request, "site/sitemap_part.xml", {"pages": pages}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> Any:
    """Allow everything to be read, and name the sitemap."""
    address = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\nSitemap: {address}\n", content_type="text/plain")


@friendly
def feeds(request: HttpRequest) -> Any:
    """Return the feeds there are, for people."""
    context = page_context(request, title=_("Feeds"), canonical=address_of("site_feeds"))
    return render(request, "site/feeds.html", {**context, "feeds": feeds_of(content.get_all("categories/"))})


@require_safe
def favicon(request: HttpRequest) -> Any:
    """Redirect to the icon, for which browsers and robots ask without having read the page."""
    return HttpResponseRedirect(static("site/favicon.ico"))


@friendly
def manifest(request: HttpRequest) -> Any:
    """Return what a phone needs to put the portal on its first screen (https://www.w3.org/TR/appmanifest/)."""
    site = content.get("site/")
    icons = [{"src": static(f"site/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in ICONS]
    form = {
        "name": site["name"],
        "lang": "vi",
        "start_url": "/",
        "display": "browser",
        "background_color": PAPER,
        "theme_color": BRAND,
        "icons": icons,
    }
    return JsonResponse(form, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def page_not_found(request: HttpRequest, exception: Any = None) -> Any:
    """404: helps on, whatever is wrong; the frame is left out where the API can't be asked."""
    try:
        context = page_context(request, title=_("Page not found"))
    except (content.NotFound, content.RefusedParameter, content.Unavailable):
        context = {"site": None}
    return render(request, "site/404.html", context, status=404)


def server_error(request: HttpRequest) -> Any:
    """500: a page that needs nothing."""
    return render(None, "site/500.html", status=500)
