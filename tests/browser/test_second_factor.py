"""A passkey and an app, added and used as people do; the authenticator is the browser's virtual one."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.chromium import content_width
from tests.factories import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]

PASSWORD = "password"  # noqa: S105


def with_authenticator(page):
    """Give the page an authenticator that says yes by itself, as a phone does to a finger; return
    what takes it away.
    """
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda: session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})


def type_password(page, name):
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def again(page):
    """What is asked before a factor is changed."""
    page.wait_for_url("**/account/again/**")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()


def log_out(page, base):
    page.context.clear_cookies()
    page.goto(f"{base}/admin/login/")


def test_a_passkey_is_added_and_lets_in_on_a_phone(live_server, open_page, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    Office()
    page = open_page(width=360)
    page.goto(f"{live_server.url}/admin/login/")
    take_away = with_authenticator(page)
    type_password(page, "approver")
    page.wait_for_url("**/account/factors/")
    expect(page.get_by_text("Vai trò của bạn cần yếu tố xác thực thứ hai").first).to_be_visible()
    assert content_width(page) <= 360
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    again(page)
    page.get_by_label("Tên").fill("Điện thoại của tôi")
    page.get_by_role("button", name="Thêm").click()
    page.wait_for_url("**/account/factors/codes/")
    codes = page.locator(".portal-codes code").all_inner_texts()
    assert len(codes) == 10
    page.goto(f"{live_server.url}/admin/")
    expect(page.locator("h1").first).to_be_visible()

    log_out(page, live_server.url)
    type_password(page, "approver")
    page.wait_for_url("**/login/code/")
    assert content_width(page) <= 360
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url("**/admin/")

    # Lost: what the browser can't do is said, and a recovery code lets in.
    take_away()
    log_out(page, live_server.url)
    type_password(page, "approver")
    page.wait_for_url("**/login/code/")
    page.get_by_label("Mã").fill(codes[0])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/admin/")


def test_an_app_is_added_and_its_code_lets_in(live_server, open_page):
    Office()
    page = open_page(width=1280)
    page.goto(f"{live_server.url}/admin/login/")
    type_password(page, "editor")
    page.wait_for_url("**/admin/")
    page.goto(f"{live_server.url}/admin/account/factors/")
    page.get_by_role("link", name="Thêm ứng dụng").click()
    again(page)
    secret = page.locator("code").first.inner_text()
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    assert page.locator("img.portal-qr").evaluate("image => image.naturalWidth") > 100
    page.get_by_label("Mã của ứng dụng").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Thêm ứng dụng").click()
    page.wait_for_url("**/account/factors/codes/")

    log_out(page, live_server.url)
    type_password(page, "editor")
    page.wait_for_url("**/login/code/")
    page.get_by_label("Mã").fill("000000")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator(".messages").get_by_text("Mã không đúng.")).to_be_visible()
    wait = 30 - time.time() % 30
    page.wait_for_timeout(wait * 1000 + 500)
    page.get_by_label("Mã").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/admin/")
