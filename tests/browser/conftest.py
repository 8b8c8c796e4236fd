"""Logging in as people do."""

import pytest


@pytest.fixture
def log_in(open_page, live_server):
    """`log_in(role, width)` gives a page on which that role has logged in by the form."""

    def as_role(role, width=1280):
        page = open_page(width=width)
        page.goto(f"{live_server.url}/admin/login/")
        page.locator("[name=username]").fill(role)
        page.locator("[name=password]").fill("password")
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/admin/")
        return page

    return as_role
