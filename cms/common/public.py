"""The one predicate of "public": what readers and other apps may see.

A page is public when it is live, of the site, and neither it nor an ancestor is private or taken off line.
Everything that leaves by the API, the search, the feeds and the file views asks here.
"""

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction, Site


def public_pages(queryset=None):
    """`queryset` (default: all pages) without what is not public. Two small queries find the hidden branches.

    A page below one that is not live is not public either: readers can't reach it.
    """
    queryset = Page.objects.all() if queryset is None else queryset
    root_path = Page.objects.filter(sites_rooted_here__is_default_site=True).values_list("path", flat=True).first()
    if root_path is None:
        return queryset.none()
    hidden = Q()
    for path in hidden_branches():
        hidden |= Q(path__startswith=path)
    return queryset.filter(live=True, path__startswith=root_path).exclude(hidden)


def hidden_branches() -> list[str]:
    """The tree paths below which nothing is public."""
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    unpublished = Page.objects.filter(live=False, depth__gt=1, numchild__gt=0).values_list("path", flat=True)
    return [*restricted.order_by(), *unpublished.order_by()]


def is_public(page) -> bool:
    """Whether the stored `page` is public now."""
    return page.pk is not None and public_pages(Page.objects.filter(pk=page.pk)).exists()


def default_site() -> Site | None:
    """The one site that this installation serves."""
    return Site.objects.select_related("root_page").filter(is_default_site=True).first()


def site_url() -> str:
    """The address of the public site, without a slash at its end; files and API addresses are made from it."""
    paths = Site.get_site_root_paths()
    return paths[0].root_url if paths else ""
