"""The home page and the sections of an empty database."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import Collection, Locale, Page, Site

from articles.models import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage
from cms.pages.publication import exempt

from ..models import HomePage

# Content, not interface: editors rename them as they like.
ROOT = "Gốc"
HOME = {"title": "Trang chủ", "slug": "trang-chu"}
SECTIONS = [
    (ArticleIndexPage, {"title": "Tin bài", "slug": "tin-bai"}),
    (DirectiveIndexPage, {"title": "Văn bản", "slug": "van-ban"}),
    (TaskPlanIndexPage, {"title": "Kế hoạch nhiệm vụ", "slug": "ke-hoach"}),
]


def remove_wagtail_example() -> bool:
    """Remove the welcome page and site of Wagtail's migrations from a database in which nothing else is yet.

    Return whether the database was such a one.
    """
    if HomePage.objects.exists() or Page.objects.filter(depth__gt=2).exists():
        return False
    make_roots()
    Site.objects.all().delete()
    for page in Page.get_first_root_node().get_children():
        page.delete()
    return True


def make_roots() -> None:
    """Make what Wagtail's migrations make and a flush of the database removes: locale and the roots of both trees."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title=ROOT, slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name=ROOT)
    # As Wagtail's migrations name them.
    Page.objects.filter(depth=1, title="Root").update(title=ROOT, draft_title=ROOT)
    Collection.objects.filter(depth=1, name="Root").update(name=ROOT)


def make_tree() -> dict[type, Page]:
    """Return the home page and the three sections, by type; those that are missing are made live, as the system."""
    home = HomePage.objects.first()
    if home is None:
        home = _add(Page.get_first_root_node(), HomePage, HOME)
    if not Site.objects.exists():
        Site.objects.create(root_page=home, is_default_site=True, site_name="Cổng thông tin", **site_address())
    pages: dict[type, Page] = {HomePage: home}
    for model, fields in SECTIONS:
        pages[model] = model.objects.first() or _add(home, model, fields)
    return pages


def site_address() -> dict:
    """Host and port of the address under which the site is to be reached, for its Site row."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return {"hostname": address.hostname, "port": address.port or (443 if address.scheme == "https" else 80)}


def _add(parent, model: type[Model], fields):
    # Read anew: treebeard counts children on the instance in hand.
    instance = Page.objects.get(pk=parent.pk).add_child(instance=model(live=False, **fields))
    log(instance=instance, action="wagtail.create")
    # No person wrote it and no person can approve it.
    with exempt("system", "set-up of an empty database"):
        instance.save_revision().publish()
    return model.objects.get(pk=instance.pk)
