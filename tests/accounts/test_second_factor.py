"""The second factor: codes and recovery codes, who needs one, and what becomes of a lost one."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client, TestCase
from django.urls import reverse

from cms.accounts.models import LoginLimit
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.publishing.proposals.actions import agree
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.rights import problems
from tests.accounts.test_login import is_in, log_in
from tests.factories import make_document
from tests.forms import filled

HOME = "/admin/"


@pytest.fixture(autouse=True)
def no_used_codes():
    """A code is taken once; tests use the same within half a minute."""
    cache.clear()


def code_for(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def send_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_the_password_alone_does_not_let_in(office, client):
    secret = give_app(office.users[APPROVER])
    response = log_in(client, "approver", "password")
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert "không đúng" in send_code(client, "000000").content.decode().lower()
    assert not is_in(client)
    assert send_code(client, code_for(secret)).headers["Location"] == HOME
    assert is_in(client)


def test_a_code_is_taken_once(office, client):
    secret = give_app(office.users[APPROVER])
    code = code_for(secret)
    log_in(client, "approver", "password")
    send_code(client, code)
    client.logout()
    # As in another process.
    cache.clear()
    log_in(client, "approver", "password")
    send_code(client, code)
    assert not is_in(client)


def test_codes_are_not_guessed_by_typing_the_password_again(office, client):
    give_app(office.users[APPROVER])
    for _number in range(3):
        log_in(client, "approver", "password")
        send_code(client, "000000")
    log_in(client, "approver", "password")
    assert "Quá nhiều" in send_code(client, "000000").content.decode()
    assert RecordEntry.objects.filter(kind=RecordKind.LOGIN_FAILED, data__how="code").count() == 3


def test_a_recovery_code_lets_in_once(office, client):
    user = office.users[APPROVER]
    give_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        log_in(client, "approver", "password")
        send_code(client, code)
        assert is_in(client) == expected
        client.logout()


def test_secrets_are_not_in_the_database(office):
    secret = give_app(office.users[APPROVER])
    assert secret not in str(list(Authenticator.objects.values()))


def test_adding_an_app_takes_the_password_again(office, client):
    log_in(client, "editor", "password")
    url = reverse("mfa_activate_totp")
    again = client.get(url)
    assert again.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(again.headers["Location"], {"password": "sai", "next": url})
    assert client.get(url).status_code == 302
    client.post(again.headers["Location"], {"password": "password", "next": url})
    shown = client.get(url).content.decode()
    secret = re.search(r"<code>(\w+)</code>", shown)[1]
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post(url, {"code": code_for(secret)})
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<li><code>", client.get(response.headers["Location"]).content.decode())) == 10
    assert any("ứng dụng xác thực" in message.body for message in mail.outbox)
    entry = RecordEntry.objects.filter(kind=RecordKind.RIGHTS_CHANGED).latest("pk")
    assert entry.user_id == office.users[EDITOR].pk
    assert problems() == []


@pytest.mark.parametrize("role", [REVIEWER, APPROVER, ADMIN])
def test_who_decides_needs_one(office, client, settings, role):
    settings.REQUIRE_SECOND_FACTOR = True
    log_in(client, role, "password")
    for url in (HOME, reverse("proposals"), reverse("wagtailadmin_explore_root"), reverse("record")):
        assert client.get(url).headers["Location"] == reverse("mfa_index")
    assert client.post(reverse("wagtailadmin_account")).status_code == 302
    assert client.get(reverse("mfa_index")).status_code == 200


def test_an_editor_needs_none(office, client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    log_in(client, "editor", "password")
    assert is_in(client)


def test_who_has_one_goes_on(office, client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    secret = give_app(office.users[APPROVER])
    log_in(client, "approver", "password")
    send_code(client, code_for(secret))
    assert is_in(client)


def test_the_last_one_is_not_given_up_by_who_needs_it(office, client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    secret = give_app(office.users[APPROVER])
    log_in(client, "approver", "password")
    send_code(client, code_for(secret))
    url = reverse("mfa_deactivate_totp")
    client.post(client.get(url).headers["Location"], {"password": "password", "next": url})
    client.post(url)
    assert Authenticator.objects.filter(user=office.users[APPROVER]).exists()


def lose(client, user):
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(url, {**filled(client.get(url), "email"), "take_factor_away": "on", "reason": "Mất máy"})


@pytest.mark.parametrize("role", [EDITOR, APPROVER])
def test_a_lost_one_is_taken_away_by_two(office, login, client, role):
    user = office.users[role]
    give_app(user)
    elsewhere = type(client)()
    elsewhere.force_login(user)
    lose(login(ADMIN), user)
    assert Authenticator.objects.filter(user=user).exists()
    proposal = Proposal.objects.get()
    with pytest.raises(PermissionDenied):
        agree(proposal, office.users[ADMIN])
    agree(proposal, office.users[REVIEWER])
    assert not Authenticator.objects.filter(user=user).exists()
    assert f"{role}@example.org" in {address for message in mail.outbox for address in message.to}
    assert problems() == []


def test_taking_it_away_ends_the_sessions(office, client):
    user = office.users[APPROVER]
    secret = give_app(user)
    log_in(client, "approver", "password")
    send_code(client, code_for(secret))
    call_command("reset_second_factor", "approver", reason="Mất điện thoại")
    assert not is_in(client)
    log_in(client, "approver", "password")
    assert is_in(client)


def test_the_command_says_what_is_wrong(office):
    wrong = (("nobody", "x", "no account"), ("editor", " ", "Say why"), ("editor", "x", "no second factor"))
    for name, reason, message in wrong:
        with pytest.raises(CommandError, match=message):
            call_command("reset_second_factor", name, reason=reason)


def test_nobody_takes_their_own_away_without_a_password(office, login):
    url = reverse("wagtailusers_users:edit", args=[office.users[ADMIN].pk])
    give_app(office.users[ADMIN])
    assert "take_factor_away" not in login(ADMIN).get(url).content.decode()


def test_one_inserted_by_hand_is_found(office):
    Authenticator.objects.bulk_create(
        [Authenticator(user=get_user_model().objects.get(username="approver"), type="totp", data={})]
    )
    assert any("nobody made it" in line for line in problems())


def test_every_screen_of_it_is_shown(office, client):
    secret = give_app(office.users[APPROVER])
    RecoveryCodes.activate(office.users[APPROVER])
    log_in(client, "approver", "password")
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    send_code(client, code_for(secret))
    again = reverse("mfa_reauthenticate")
    assert client.get(reverse("account_reauthenticate")).status_code == 200
    assert client.get(again).status_code == 200
    cache.clear()
    LoginLimit.objects.all().delete()
    client.post(again, {"code": code_for(secret)})
    for name in (
        "mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes", "usersessions_list",
    ):  # fmt: skip
        assert client.get(reverse(name)).status_code == 200, name


def add_app(client):
    """Add an app as people do, with the password again."""
    url = reverse("mfa_activate_totp")
    client.post(client.get(url).headers["Location"], {"password": "password", "next": url})
    secret = re.search(r"<code>(\w+)</code>", client.get(url).content.decode())[1]
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(url, {"code": code_for(secret)})
    return secret


def test_a_session_from_before_ends_when_a_factor_is_added(office, client, settings):
    """Who knows the password and waits is not let in by the code that the owner types."""
    settings.REQUIRE_SECOND_FACTOR = True
    waiting = Client()
    log_in(waiting, "approver", "password", "198.51.100.7")
    log_in(client, "approver", "password")
    add_app(client)
    assert is_in(client)
    assert waiting.get(reverse("mfa_index")).status_code == 302
    assert not is_in(waiting)


def test_a_session_that_got_another_key_ends_too(office, client):
    """Saving the account gives the session another key."""
    log_in(client, "approver", "password")
    url = reverse("wagtailadmin_account")
    client.post(url, {**filled(client.get(url), "name_email-full_name"), "name_email-full_name": "Lê Thị Minh"})
    assert is_in(client)
    give_app(office.users[APPROVER])
    call_command("reset_second_factor", "approver", reason="Mất điện thoại")
    assert not is_in(client)


def test_the_last_passkey_is_not_given_up_by_who_needs_it(office, client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = office.users[APPROVER]
    log_in(client, "approver", "password")
    add_app(client)
    key = WebAuthn.add(user, "Khóa", {"id": "x"}).instance
    Authenticator.objects.filter(user=user, type="totp").delete()
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()
    settings.REQUIRE_SECOND_FACTOR = False
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_a_form_that_was_open_too_long_asks_again(office, client):
    log_in(client, "editor", "password")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.post(reverse(name), {"code": "000000"})
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate")), name


@pytest.mark.parametrize(
    "credential", ["0", "false", "[]", '"x"', "{}", '{"id": 1}', '{"id": "a", "rawId": "b"}', "no"]
)
def test_what_no_browser_says_is_refused(office, client, credential):
    log_in(client, "editor", "password")
    url = reverse("mfa_add_webauthn")
    client.post(client.get(url).headers["Location"], {"password": "password", "next": url})
    assert client.post(url, {"name": "x", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()
    give_app(office.users[APPROVER])
    client.logout()
    log_in(client, "approver", "password")
    assert client.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 200
    assert not is_in(client)


def test_a_code_written_otherwise_is_the_same_code(office, client):
    secret = give_app(office.users[APPROVER])
    code = code_for(secret)
    log_in(client, "approver", "password")
    send_code(client, code)
    client.logout()
    cache.clear()
    log_in(client, "approver", "password")
    send_code(client, f"{code[:3]}-{code[3:]}")
    assert not is_in(client)


def test_a_factor_swapped_in_the_database_is_found(office):
    for role in (APPROVER, ADMIN):
        give_app(office.users[role])
    own, other = Authenticator.objects.order_by("pk")
    assert problems() == []
    Authenticator.objects.filter(pk=own.pk).update(data=other.data)
    assert any("not the one that was added" in line for line in problems())


def test_without_a_factor_no_draft_of_a_file_is_read(office, client, settings):
    document = make_document("mat.txt")
    log_in(client, "approver", "password")
    url = document.url
    assert client.get(url).status_code == 200
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("form", ["name_email", "password"])
def test_a_session_left_open_is_no_place_to_guess_the_password(office, client, form):
    log_in(client, "editor", "password")
    url = reverse("wagtailadmin_account")
    guess = {
        "name_email": {"name_email-email": "khac@example.org", "name_email-current_password": "sai"},
        "password": {
            "password-old_password": "sai", "password-new_password1": "mat-khau-moi-12", "password-new_password2":
            "mat-khau-moi-12",
        },
    }[form]  # fmt: skip
    for _number in range(4):
        answer = client.post(url, {**filled(client.get(url), "name_email-full_name"), **guess})
    assert "Quá nhiều" in answer.content.decode()


def test_a_factor_that_was_given_up_counts_no_more(office, client, settings):
    """Somebody adds one, takes it away, and gets a role that needs one."""
    settings.REQUIRE_SECOND_FACTOR = True
    log_in(client, "editor", "password")
    add_app(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert is_in(client)
    office.users[EDITOR].groups.set(office.users[APPROVER].groups.all())
    assert client.get(HOME).headers["Location"] == reverse("mfa_index")
