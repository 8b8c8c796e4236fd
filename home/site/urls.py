"""The addresses of the public site; also the whole URL configuration of the public tier alone."""

from django.urls import path, re_path

from . import views

handler404 = "home.site.views.page_not_found"
handler500 = "home.site.views.server_error"

urlpatterns = [
    path("tim-kiem/", views.search, name="site_search"),
    path("so-do/", views.sitemap, name="site_map"),
    path("sitemap.xml", views.sitemap_xml, name="site_map_xml"),
    path("robots.txt", views.robots, name="site_robots"),
    # Wagtail reverses this name, with one path, for the address of every page.
    re_path(r"^((?:[\w\-]+/)*)$", views.page, name="wagtail_serve"),
]
