"""Users in the admin, with the forms of this project."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.admin.views import generic
from wagtail.users.views.users import EditView as WagtailEditView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .forms import UserCreationForm, UserEditForm
from .permissions import may_manage


class EditView(WagtailEditView):
    """Wagtail's view; an administrator does not get at the account of a superuser."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(WagtailUserViewSet):
    """Wagtail's views with our forms."""

    edit_view_class = EditView
    # Wagtail's own templates of users ask for a first and a last name; the plain ones show the fields of the form.
    create_template_name = generic.CreateView.template_name
    edit_template_name = generic.EditView.template_name

    def get_form_class(self, for_update: bool = False) -> Any:
        return UserEditForm if for_update else UserCreationForm
