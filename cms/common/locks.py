"""The lock that lets reviewers and approvers read everything in the editor and change nothing."""

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class RoleLock(BaseLock):
    """Holds for whoever may open a page in the editor without a right to change it."""

    def for_user(self, user):
        return not self.object.permissions_for_user(user).can_change_content()

    def get_message(self, user):
        if self.for_user(user):
            return _("You can read this page and its history here; changing it is not part of your role.")
        return None

    def get_locked_by(self, user):
        return _("Read only for your role") if self.for_user(user) else super().get_locked_by(user)

    def get_description(self, user):
        return self.get_message(user) or _("You can change this page.")
