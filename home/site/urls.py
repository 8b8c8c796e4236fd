"""The addresses of the public site; also the whole URL configuration of the public tier alone."""

from django.urls import path, re_path

from . import about, views
from .feeds import DocumentsFeed, NewsFeed

handler404 = "home.site.views.page_not_found"
handler500 = "home.site.views.server_error"

# What stands at these is served elsewhere, or above; without its slash it is sent there by Django.
RESERVED = "admin|api|documents|media|static|tim-kiem|so-do|lien-he|tiep-can-thong-tin|kha-nang-tiep-can|nguon-tin"
FORMAT = r"(?P<format>rss|atom)"

urlpatterns = [
    path("tim-kiem/", views.search, name="site_search"),
    path("so-do/", views.sitemap, name="site_map"),
    path("sitemap.xml", views.sitemap_xml, name="site_map_xml"),
    path("sitemap-<int:part>.xml", views.sitemap_part, name="site_map_part"),
    path("robots.txt", views.robots, name="site_robots"),
    path("favicon.ico", views.favicon, name="site_favicon"),
    path("site.webmanifest", views.manifest, name="site_manifest"),
    path("lien-he/", about.contact, name="site_contact"),
    path("tiep-can-thong-tin/", about.information_access, name="site_information_access"),
    path("kha-nang-tiep-can/", about.accessibility, name="site_accessibility"),
    path("nguon-tin/", views.feeds, name="site_feeds"),
    re_path(rf"^nguon-tin/tin-bai\.{FORMAT}$", views.friendly(NewsFeed()), name="site_news_feed"),
    re_path(rf"^nguon-tin/van-ban\.{FORMAT}$", views.friendly(DocumentsFeed()), name="site_documents_feed"),
    re_path(
        rf"^nguon-tin/chuyen-muc/(?P<category>[-a-zA-Z0-9_]+)\.{FORMAT}$",
        views.friendly(NewsFeed()),
        name="site_category_feed",
    ),
    # Wagtail reverses this name, with one path, for the address of every page.
    re_path(r"^((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
    # No page has such an address; a redirect may (an old portal's `/tin-cu/bai-12.html`).
    re_path(rf"^(?!(?:{RESERVED})(?:/|$))(.+)$", views.page, name="site_other"),
]
