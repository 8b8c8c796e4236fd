"""The address in the Site row, which is in every address that the API gives."""

from wagtail.models import Site


def follow(host: str, port: int) -> None:
    """Make the default site answer at `host`:`port`; nothing is written where it does already."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - a wildcard is no address to send readers to
        host = "127.0.0.1"
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and (site.hostname, site.port) != (host, port):
        site.hostname, site.port = host, port
        site.save()
