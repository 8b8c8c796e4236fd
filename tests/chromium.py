"""Chromium for browser tests (a pytest plugin)."""

import os
import shutil

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """The path of an installed Chromium, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def content_width(page) -> int:
    """How wide the page wants to be, in CSS pixels, once it is there: a click does not wait for what it leads to."""
    page.wait_for_load_state()
    page.wait_for_function("document.documentElement !== null")
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium. Without one the test is skipped, or fails where CI promises one."""
    path = executable()
    if path is None:
        message = "no Chromium: install one with `apt-get install chromium`, or set CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    # Playwright's sync API runs an event loop in this thread, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium):
    """`open_page(width=1280, height=900)` gives a page with cookies of its own."""
    contexts = []

    def open_one(width=1280, height=900, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        for page in context.pages:
            # What the server still answers would meet the flush of the database.
            page.wait_for_load_state("networkidle")
            if "/admin/" in page.url:
                # Wagtail's editor tells the server that it is left, in a request that nobody waits for.
                page.on("dialog", lambda dialog: dialog.accept())
                page.goto("about:blank")
                page.wait_for_timeout(500)
        context.close()
