"""The addresses of the public site; also the whole URL configuration of the public tier alone."""

from django.urls import path, re_path

from . import views

handler404 = "home.site.views.page_not_found"
handler500 = "home.site.views.server_error"

# What stands at these is served elsewhere, or above; without its slash it is sent there by Django.
RESERVED = "admin|api|documents|media|static|tim-kiem|so-do"

urlpatterns = [
    path("tim-kiem/", views.search, name="site_search"),
    path("so-do/", views.sitemap, name="site_map"),
    path("sitemap.xml", views.sitemap_xml, name="site_map_xml"),
    path("robots.txt", views.robots, name="site_robots"),
    # Wagtail reverses this name, with one path, for the address of every page.
    re_path(r"^((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
    # No page has such an address; a redirect may (an old portal's `/tin-cu/bai-12.html`).
    re_path(rf"^(?!(?:{RESERVED})(?:/|$))(.+)$", views.page, name="site_other"),
]
