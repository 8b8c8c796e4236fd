from django.apps import AppConfig, apps


class PublicSiteConfig(AppConfig):
    """The public site; renders previews where there is an admin."""

    name = "home.site"
    label = "public_site"

    def ready(self) -> None:
        # The public tier alone has no admin, so no preview to render.
        if apps.is_installed("cms.pages"):
            from cms.core.preview import render_with

            from .pages import render_page

            render_with(render_page)
