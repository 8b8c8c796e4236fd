"""Accounts in the admin: what needs a second person is proposed; nobody who has acted is deleted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.users.views.users import CreateView as WagtailCreateView
from wagtail.users.views.users import DeleteView as WagtailDeleteView

from cms.accounts.viewsets import EditView as PlainEditView
from cms.accounts.viewsets import UserViewSet as PlainUserViewSet

from .asking import ask_for, needs_second_person
from .forms import UserCreationForm, UserEditForm
from .having_acted import has_acted


class CreateView(WagtailCreateView):
    """Adds an account, and proposes the roles that decide."""

    def save_instance(self) -> Any:
        user = super().save_instance()
        asked = needs_second_person(user, groups=self.form.asked_groups)
        say_what_waits(self.request, user, asked, self.form.cleaned_data["reason"])
        return user


class EditView(PlainEditView):
    """Changes an account, and proposes what needs a second person."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = self.can_delete and not has_acted(self.object)

    def save_instance(self) -> Any:
        user = super().save_instance()
        say_what_waits(self.request, user, self.form.asked, self.form.cleaned_data["reason"])
        return user


class DeleteView(WagtailDeleteView):
    """Deletes an account that was never used. One that has acted is closed: nobody comes back as somebody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if has_acted(self.get_object()):
            raise PermissionDenied(_("This account has been used: close it, so that its name stays with its work."))
        return super().dispatch(request, *args, **kwargs)


def say_what_waits(request: HttpRequest, user: Any, asked: dict[str, Any], reason: str) -> None:
    """Ask for what needs a second person, and say so."""
    if not asked:
        return
    if ask_for(user, asked, request.user, reason) is not None:
        messages.warning(request, _("The rest waits for a second person, who has a mail about it."))
    else:
        messages.warning(request, _("Nobody else could confirm this yet, so it is done; those concerned have a mail."))


class UserViewSet(PlainUserViewSet):
    """Wagtail's views with all of it."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    # A copy's form is bound to the account that is copied, and would write over it.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return UserEditForm if for_update else UserCreationForm
