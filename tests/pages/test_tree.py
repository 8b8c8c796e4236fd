"""A page's place in the tree is what it is now, not what it was when somebody read the page."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.pages.tree import VIEWS
from home.models import StandardPage
from tests.factories import fresh


@pytest.fixture
def standard(office):
    """Make a standard page below the home page, or below another one."""

    def make(title, parent=None):
        return office.put_live(parent or office.home, StandardPage(title=title))

    return make


def test_what_was_read_before_a_page_got_a_child_is_saved(standard):
    page = standard("Trang mẹ")
    read_before = fresh(page)
    standard("Trang con", fresh(page))
    read_before.save()
    assert fresh(page).numchild == 1
    assert not any(Page.find_problems())


def test_what_was_read_before_a_page_was_moved_is_saved(standard):
    page, target = standard("Trang"), standard("Nơi đến")
    read_before = fresh(page)
    fresh(page).move(fresh(target), pos="last-child")
    read_before.save()
    stored = fresh(page)
    assert stored.get_parent().pk == target.pk
    assert stored.url_path == f"{fresh(target).url_path}{stored.slug}/"
    assert not any(Page.find_problems())


def test_a_page_is_moved_from_and_to_where_they_are(standard):
    page, old, new = standard("Trang"), standard("Cũ"), standard("Mới")
    read_before = fresh(page)
    fresh(page).move(fresh(old), pos="last-child")
    read_before.move(new, pos="last-child")
    assert [child.pk for child in fresh(new).get_children()] == [page.pk]
    assert fresh(old).numchild == 0
    assert not any(Page.find_problems())


def test_the_views_that_lock_the_tree_are_there():
    """A view that Wagtail renames would change the tree without the lock."""
    for name in VIEWS:
        arguments = {"add": ["articles", "articlepage", 1], "move_confirm": [1, 2]}.get(name.partition(":")[2], [1])
        assert reverse(name, args=arguments)
    assert reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
