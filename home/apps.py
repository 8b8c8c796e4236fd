from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page, settings and the set-up step."""

    name = "home"
    verbose_name = _("Home page and settings")

    def ready(self) -> None:
        from wagtail.contrib.redirects.models import Redirect
        from wagtail.models import Site

        from cms.media.public import register_public_images
        from cms.publishing.proposals.configuration.guards import register_guarded
        from cms.publishing.record.watch import watch
        from cms.store.events import follow_model
        from cms.store.fan_out import register_fan_out
        from cms.store.projection.registry import register_collection

        from . import guards
        from .featured import pages_that_list
        from .models import HomePage, MenuItem, PromotedResult, SearchSettings, SiteSettings, StandardPage
        from .models.settings import emblem_ids
        from .projection import HOME, SITE, STANDARD
        from .setup import set_up

        for model in (SiteSettings, MenuItem, SearchSettings, PromotedResult):
            watch(model)
            follow_model(model)
        register_collection(SITE)
        register_guarded(
            SiteSettings, guards.pages_with_settings, _("Every page of the site shows it: %(count)s pages.")
        )
        register_guarded(
            SearchSettings,
            guards.promoted_pages,
            _("The search shows these pages first: %(count)s."),
        )
        register_guarded(Site, guards.pages_with_settings, _("Every page has its address from it: %(count)s pages."))
        register_guarded(Redirect, guards.leads_elsewhere, _("Readers of the old address are sent to another site."))
        register_public_images(emblem_ids)
        HOME.register(HomePage)
        STANDARD.register(StandardPage)
        register_fan_out("featured", pages_that_list)
        # Each app's permissions are made when its own turn comes, so the set-up step waits for the last app.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(set_up, sender=last, dispatch_uid="home.set_up")
