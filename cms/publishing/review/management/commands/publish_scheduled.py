from typing import Any

from django.core.management.base import CommandError
from wagtail.management.commands import publish_scheduled

from cms.core.due import do_what_is_due
from cms.publishing.review.schedule import carry_out_due


class Command(publish_scheduled.Command):
    """Wagtail's command, with a transaction for each page; `--dryrun` is Wagtail's."""

    help = "Publishes scheduled revisions and takes down expired pages."

    def handle(self, *args: Any, **options: Any) -> Any:
        if options["dryrun"]:
            return super().handle(*args, **options)
        done, failed = carry_out_due()
        failed += do_what_is_due()
        if done:
            self.stdout.write(f"{done} done")
        if failed:
            raise CommandError(f"{failed} failed: see the log")
        return None
