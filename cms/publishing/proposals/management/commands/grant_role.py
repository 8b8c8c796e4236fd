from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.roles import GROUPS
from cms.core.mail import send_on_commit
from cms.publishing.proposals.rights.trust import holders
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record


class Command(BaseCommand):
    """Gives a role to an account where nobody is left who could, on the machine itself."""

    help = "Gives a role to an account without a second person: for when the only administrator is gone. All are told."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=sorted(GROUPS))
        parser.add_argument("--reason", required=True, help="why; it stands in the record and in the mails")

    @transaction.atomic
    def handle(self, *args: Any, username: str, role: str, reason: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not reason.strip():
            raise CommandError("Say why.")
        told = [*holders(), user]
        user.is_active = True
        user.save(update_fields=["is_active"])
        user.groups.add(Group.objects.get(name=GROUPS[role]))
        subject = _("Role given on the machine: %(name)s") % {"name": user.get_full_name()}
        record(RecordKind.RIGHTS_CHANGED, subject=subject, reason=reason, changes={})
        body = _(
            "%(name)s (%(username)s) has got the role “%(role)s” by a command on the machine.\n\nReason: %(reason)s\n"
        )
        words = {"name": user.get_full_name(), "username": username, "role": GROUPS[role], "reason": reason}
        send_on_commit(subject, body % words, {one.pk: one for one in told}.values())
        self.stdout.write(f"{username} is {role} now.")
