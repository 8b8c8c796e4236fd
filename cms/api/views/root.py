"""The base of the API: which endpoints there are."""

from django.http import HttpRequest
from django.urls import reverse
from rest_framework.response import Response

from .base import PortalViewSet


class RootViewSet(PortalViewSet):
    """The address of each endpoint, by its name."""

    name = "root"
    # The names of address patterns, by those of endpoints.
    addresses: dict[str, str] = {}

    def root_view(self, request: HttpRequest) -> Response:
        self.check_parameters(frozenset())
        return Response({name: f"{self.head.site_url}{reverse(pattern)}" for name, pattern in self.addresses.items()})
