"""Says of each answer of the site what it depends on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cms.core.dependencies import HEADER, gathering, to_header


class DependenciesMiddleware:
    """Adds the header with what the answers of the API depend on, of which an answer of the site was made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with gathering() as gathered:
            response = self._get_response(request)
        if HEADER not in response:
            response[HEADER] = to_header(gathered.names)
        return response
