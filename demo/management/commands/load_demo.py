from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page

from demo import accounts
from demo.build import Builder
from demo.desk import Desk


class Command(BaseCommand):
    """Fills an empty database with the demo; does nothing to any other, but keeps the demo's password right."""

    help = "Fills an empty database with demo accounts and content, made through the workflow."

    def handle(self, *args: Any, **options: Any) -> None:
        if Page.objects.filter(depth__gt=3).exists() or get_user_model().objects.exists():
            if accounts.path().exists():
                accounts.set_password()
            return
        self.stdout.write("Filling the empty database with the demo:")
        # All or nothing: a half-filled database would not be empty the next time.
        with transaction.atomic():
            users = accounts.make_accounts()
            Builder(Desk(users), self.say).build()
            accounts.give_addresses(users)
            accounts.set_password()

    def say(self, what: str) -> None:
        """One line of progress."""
        self.stdout.write(f"  {what}")
        self.stdout.flush()
