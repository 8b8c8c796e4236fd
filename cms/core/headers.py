"""Headers of safety that Django has no setting for."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

# No page here uses any of it; what a page shows of others asks in vain.
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


class SafetyHeadersMiddleware:
    """Pages use nothing of the device and are embedded by nobody else's; what stands behind a log-in is kept by nobody
    (OWASP ASVS 14.4, 8.2).
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    @cached_property
    def prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> Any:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Wagtail says itself what of its own may be kept: its icons and the words of its scripts.
        if request.path.startswith(self.prefix):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
