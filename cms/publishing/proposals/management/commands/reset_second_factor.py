from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.mail import send_on_commit
from cms.publishing.proposals.rights.factors import has_factor, take_factors_away
from cms.publishing.proposals.rights.trust import holders
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record


class Command(BaseCommand):
    """Takes a lost second factor away where no two people are left who could, on the machine itself."""

    help = "Takes the second factor of an account away without a second person: for when nobody else can. All are told."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why; it stands in the record and in the mails")

    @transaction.atomic
    def handle(self, *args: Any, username: str, reason: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not reason.strip():
            raise CommandError("Say why.")
        if not has_factor(user):
            raise CommandError(f"The account {username!r} has no second factor.")
        take_factors_away(user)
        subject = _("Second factor taken away on the machine: %(name)s") % {"name": user.get_full_name()}
        record(RecordKind.RIGHTS_CHANGED, subject=subject, reason=reason, changes={})
        body = _(
            "The second factor of %(name)s (%(username)s) was taken away by a command on the machine.\n\n"
            "Reason: %(reason)s\n"
        )
        words = {"name": user.get_full_name(), "username": username, "reason": reason}
        send_on_commit(subject, body % words, {one.pk: one for one in [*holders(), user]}.values())
        self.stdout.write(f"{username} logs in with the password alone, and adds a new factor.")
