"""The list of API endpoints, nothing else."""

from articles.register.endpoints import ENDPOINTS as REGISTER_ENDPOINTS
from cms.api.views.changes import ChangesViewSet
from cms.api.views.files import DocumentsViewSet, ImagesViewSet
from cms.api.views.pages import PagesViewSet
from cms.api.views.redirects import RedirectsViewSet
from cms.api.views.root import RootViewSet
from cms.api.views.snapshot import SnapshotViewSet
from cms.delivery.previews.api import PreviewsViewSet
from cms.store.wagtail_api import WagtailAPIRouter
from home.api import SiteViewSet
from search.views import SearchViewSet

api_router = WagtailAPIRouter("api")

ENDPOINTS = (
    PagesViewSet,
    ImagesViewSet,
    DocumentsViewSet,
    *REGISTER_ENDPOINTS,
    SiteViewSet,
    RedirectsViewSet,
    SearchViewSet,
    ChangesViewSet,
    SnapshotViewSet,
    PreviewsViewSet,
)

# By name: REST framework takes the name from the class when its views are made.
NAMED = tuple((endpoint.name, endpoint) for endpoint in ENDPOINTS)

for name, endpoint in NAMED:
    api_router.register_endpoint(name, endpoint)

# What can be listed, and the description of it all.
root = RootViewSet.as_view(
    {"get": "root_view"},
    addresses={
        **{
            name: f"api:{name}:listing"
            for name, endpoint in NAMED
            if any(pattern.name == "listing" for pattern in endpoint.get_urlpatterns())
        },
        "openapi.json": "openapi",
        "docs": "api_docs",
    },
)
