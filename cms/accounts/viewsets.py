"""Users in the admin, with the forms of this project."""

from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .forms import UserCreationForm, UserEditForm


class UserViewSet(WagtailUserViewSet):
    """Wagtail's views with our forms."""

    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm
