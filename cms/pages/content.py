"""Which fields of a page are its content, and not where it stands, who holds it and how far it is."""

from modelcluster.models import get_all_child_relations
from wagtail.models import Page

# Of Wagtail's own fields those that readers get something of. A field that a later Wagtail adds is content once it is
# named here (and the version in `cms.publishing.record.digest` is raised).
OF_EVERY_PAGE = frozenset({"title", "slug", "seo_title", "search_description", "show_in_menus"})
TIMES = frozenset({"go_live_at", "expire_at"})


def content_fields(model: type[Page]) -> frozenset[str]:
    """Return the names of the fields and child relations of a page type that are content, the times of publication and
    expiry included: its own ones, and those of every page.
    """
    found = set(OF_EVERY_PAGE | TIMES)
    for parent in model.__mro__:
        options = getattr(parent, "_meta", None)
        if options is None or options.abstract or not issubclass(parent, Page) or parent is Page:
            continue
        links = set(options.parents.values())
        found |= {field.name for field in options.local_fields if field not in links}
        found |= {field.name for field in options.local_many_to_many}
    # Comments of the admin are children of every page.
    found |= {one.get_accessor_name() for one in get_all_child_relations(model) if one.model is not Page}
    return frozenset(found)
