"""Those of allauth's screens that the portal has: nobody signs up, or changes an address or a password here."""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.usersessions.views import list_usersessions
from django.urls import path

from .views import LoginView, RemovePasskeyView, answering

# allauth reverses these names.
urlpatterns = [
    path("login/", LoginView.as_view(), name="account_login"),
    path("login/code/", answering(factors.authenticate), name="mfa_authenticate"),
    path("account/again/", answering(reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", answering(factors.reauthenticate), name="mfa_reauthenticate"),
    path("account/again/passkey/", answering(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/factors/", answering(factors.index), name="mfa_index"),
    path("account/factors/app/", answering(app.activate_totp), name="mfa_activate_totp"),
    path("account/factors/app/remove/", answering(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/factors/codes/", answering(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", answering(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/factors/passkeys/add/", answering(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "account/factors/passkeys/<int:pk>/remove/", answering(RemovePasskeyView.as_view()), name="mfa_remove_webauthn"
    ),
    path("account/factors/passkeys/", answering(factors.index), name="mfa_list_webauthn"),
    path("account/sessions/", answering(list_usersessions), name="usersessions_list"),
]
