"""The settings of the site."""

import pytest
from django.core.exceptions import ValidationError

from home.models import MenuItem


@pytest.mark.parametrize(
    "url", ["/tim-kiem/", "/van-ban/?nam=2021", "https://example.org/", "http://example.org/a?b=c"]
)
def test_a_menu_leads_here_or_elsewhere(url):
    MenuItem(title="Mục", url=url).clean()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"url": "tim-kiem"}, "url"),
        ({"url": "//example.org"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({}, "page"),
    ],
)
def test_what_leads_nowhere_is_refused_at_its_field(fields, name):
    with pytest.raises(ValidationError) as error:
        MenuItem(title="Mục", **fields).clean()
    assert list(error.value.message_dict) == [name]
