"""Passwords can't be guessed: tries are slowed down by account and address, the pair of both is locked out."""

import re

import pytest
from django.core import mail
from django.test import Client, TestCase
from django.urls import NoReverseMatch, reverse
from wagtail.admin.models import EditingSession

from cms.accounts.login.limits import Attempt, TooSoon, forget_old
from cms.accounts.models import LoginLimit
from cms.accounts.roles import ADMIN, APPROVER, EDITOR
from cms.accounts.templatetags.browsers import browser
from cms.publishing.record.models import RecordEntry, RecordKind

HERE, ELSEWHERE = "192.0.2.10", "198.51.100.7"
LOGIN = "/admin/login/"


def log_in(client, name, password, address=HERE, **data):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(
            LOGIN, {"username": name, "password": password, **data}, REMOTE_ADDR=address, headers={"User-Agent": "Thử"}
        )


def is_in(client):
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def said(response):
    errors = re.findall(r'<li class="error">(.*?)</li>', response.content.decode(), re.DOTALL)
    return " ".join(errors)


def fail(client, times, name="approver", address=HERE, clock=None):
    """Fail so often, each time after the wait, and return the last answer."""
    for number in range(times):
        if clock is not None:
            clock(minutes=16 * number)
        response = log_in(client, name, "sai mat khau", address)
        assert not is_in(client)
    return response


def test_who_knows_the_password_is_in(office, client):
    response = log_in(client, "editor", "password", next="/admin/pages/")
    assert response.headers["Location"] == "/admin/pages/"
    assert is_in(client)


def test_an_address_elsewhere_is_not_gone_to(office, client):
    response = log_in(client, "editor", "password", next="https://example.org/")
    assert response.headers["Location"] == "/admin/"


def test_after_a_few_failures_one_has_to_wait(office, client, clock):
    assert "Quá nhiều" not in said(fail(client, 3))
    assert "Quá nhiều lần thử" in said(log_in(client, "approver", "password"))
    assert not is_in(client)
    clock(seconds=3)
    log_in(client, "approver", "password")
    assert is_in(client)


def test_the_wait_grows_and_ends(office, client, clock):
    waits = []
    for number in range(8):
        clock(minutes=6 * number)
        fail(client, 1, address=ELSEWHERE)
        limit = LoginLimit.objects.order_by("-allowed_at").first()
        waits.append(round((limit.allowed_at - limit.last_at).total_seconds()))
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32]
    clock(days=2)
    fail(client, 1, address=ELSEWHERE)
    log_in(client, "approver", "password")
    assert is_in(client)


def test_other_accounts_of_the_office_do_not_wait(office, client):
    fail(client, 4)
    log_in(client, "editor", "password")
    assert is_in(client)


def test_an_address_that_tries_many_names_waits(office, client):
    for number in range(11):
        log_in(client, f"ten{number}", "sai mat khau")
    assert "Quá nhiều" in said(log_in(client, "editor", "password"))
    log_in(client, "editor", "password", ELSEWHERE)
    assert is_in(client)


def test_the_pair_is_locked_out_and_the_administrator_told(office, client, clock):
    fail(client, 10, clock=clock)
    clock(minutes=160)
    assert "phút" in said(log_in(client, "approver", "password"))
    assert not is_in(client)
    told = {address for message in mail.outbox for address in message.to}
    assert told == {"admin@example.org", "approver@example.org"}
    assert RecordEntry.objects.filter(kind=RecordKind.LOCKED_OUT).count() == 1
    # From elsewhere the account is only slowed down.
    log_in(client, "approver", "password", ELSEWHERE)
    assert is_in(client)
    client.logout()
    clock(minutes=16 * 9 + 61)
    log_in(client, "approver", "password")
    assert is_in(client)


def test_who_goes_on_is_told_of_again(office, client, clock):
    fail(client, 10, clock=clock)
    clock(minutes=16 * 9 + 61)
    fail(client, 1)
    assert RecordEntry.objects.filter(kind=RecordKind.LOCKED_OUT).count() == 2


def test_nobody_keeps_somebody_out_from_elsewhere(office, client):
    log_in(client, "approver", "password")
    client.logout()
    fail(client, 6, address=ELSEWHERE)
    log_in(client, "approver", "password")
    assert is_in(client)


def test_names_that_nobody_has_are_answered_alike(office, client, clock):
    for times in (1, 2):
        known, unknown = (said(fail(client, times, name)) for name in ("approver", "khong-co-ai"))
        assert known == unknown
    known, unknown = (said(log_in(client, name, "sai")) for name in ("approver", "khong-co-ai"))
    assert known == unknown
    assert "Quá nhiều" in known


def test_a_closed_account_is_answered_like_one_that_is_not_there(office, client):
    office.users[EDITOR].is_active = False
    office.users[EDITOR].save()
    assert said(log_in(client, "editor", "password")) == said(log_in(client, "khong-co-ai", "password"))


def test_failures_stand_in_the_record(office, client):
    fail(client, 1)
    log_in(client, "matkhau-go-nham-o", "x")
    known, unknown = RecordEntry.objects.filter(kind=RecordKind.LOGIN_FAILED).order_by("pk")
    assert (known.user_id, known.data["address"], known.data["object"]) == (
        None, HERE, str(office.users[APPROVER].pk),
    )  # fmt: skip
    assert "matkhau" not in f"{unknown.subject} {unknown.data}"
    assert not LoginLimit.objects.filter(key__contains="matkhau").exists()


def test_tries_at_the_same_moment_wait_for_one_another(office):
    """Ten requests that come before the first is answered try no more passwords than ten that come one by one."""
    attempts = [Attempt("approver", HERE) for _number in range(10)]
    begun = 0
    for attempt in attempts:
        try:
            attempt.begin()
            begun += 1
        except TooSoon:
            pass
    assert begun == 3


def test_what_is_refused_counts_nothing(office):
    for _number in range(3):
        Attempt("approver", HERE).begin()
    before = list(LoginLimit.objects.order_by("pk").values())
    with pytest.raises(TooSoon):
        Attempt("approver", HERE).begin()
    assert list(LoginLimit.objects.order_by("pk").values()) == before


def test_a_forwarded_address_counts_only_behind_a_proxy(office, client, settings):
    for number in range(4):
        client.post(
            LOGIN, {"username": "approver", "password": "sai"}, headers={"X-Forwarded-For": f"203.0.113.{number}"}
        )
    assert "Quá nhiều" in said(log_in(client, "approver", "password", "127.0.0.1"))


def test_old_failures_are_forgotten(office, clock):
    Attempt("approver", HERE).begin()
    clock(days=61)
    forget_old()
    assert not LoginLimit.objects.exists()


def test_a_session_ends_when_nobody_uses_it(office, client, clock):
    log_in(client, "editor", "password")
    clock(minutes=20)
    assert is_in(client)
    clock(minutes=40)
    assert is_in(client)
    clock(minutes=71)
    assert not is_in(client)


def test_what_the_editor_asks_by_itself_is_no_use(office, client, clock):
    page = office.draft(office.news, office.article())
    log_in(client, "editor", "password")
    client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    session = EditingSession.objects.get()
    for number in range(1, 5):
        clock(minutes=10 * number)
        client.post(reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, session.pk]))
    assert not is_in(client)


def test_sessions_are_listed_and_ended(office, client):
    elsewhere = Client()
    log_in(elsewhere, "editor", "password", ELSEWHERE)
    log_in(client, "editor", "password")
    shown = client.get(reverse("usersessions_list")).content.decode()
    assert HERE in shown
    assert ELSEWHERE in shown
    client.post(reverse("usersessions_list"))
    assert is_in(client)
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0 Safari/537.36", "Chrome · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iOS"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130.0 Chrome/124.0 Safari/537.36", "Cốc Cốc · Windows"),
        ("curl/8.5.0", "chương trình khác"),
    ],
)
def test_browsers_are_called_as_people_call_them(sent, shown):
    assert browser(sent) == shown


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_change_password", "account_reset_password"]
)
def test_nobody_signs_up_or_changes_an_address_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_an_administrator_finds_who_was_locked_out(office, login, client, clock):
    fail(client, 10, clock=clock)
    shown = login(ADMIN).get(reverse("record")).content.decode()
    assert "Tạm khóa đăng nhập" in shown
