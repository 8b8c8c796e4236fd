"""The composition root: which app answers at which address."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls

from cms.api.openapi.views import views_of
from cms.api.problems import no_endpoint
from cms.delivery.files.views import serve_document, serve_media
from cms.operation.health import ReadyView, healthz
from cms.operation.metrics import metrics

from .router import NAMED, api_router, root

handler400 = "cms.errors.bad_request"
handler404 = "home.site.views.page_not_found"
handler500 = "cms.errors.server_error"

openapi, docs = views_of(NAMED)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", ReadyView.as_view(), name="readyz"),
    path("metrics", metrics, name="metrics"),
    # Before Wagtail's, whose screen for logging in they replace.
    path("admin/", include("cms.accounts.login.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/openapi.json", openapi, name="openapi"),
    path("api/v2/docs/", docs, name="api_docs"),
    path("api/v2/", root, name="api_root"),
    path("api/v2/", api_router.urls),
    re_path(r"^api/(?:[\s\S]*/)?$", no_endpoint),
    # Wagtail reverses this name for the address of every document.
    re_path(r"^documents/(?P<document_id>[0-9]+)/(?P<filename>.*)$", serve_document, name="wagtaildocs_serve"),
    re_path(r"^media/(?P<path>.+)$", serve_media, name="media"),
    path("", include("home.site.urls")),
]
