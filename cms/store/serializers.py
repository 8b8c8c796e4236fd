"""The serializer of pages: Wagtail's, with addresses and parents that cost no query and show nothing private."""

from rest_framework.fields import Field
from wagtail.api.v2.serializers import PageSerializer
from wagtail.models import Page

from .references import detail_url, references_to


class PageDetailUrlField(Field):
    """The address of the page's detail; null for a draft that is not stored."""

    def get_attribute(self, instance):
        return instance

    def to_representation(self, page):
        return detail_url("pages", page.pk) if page.pk else None


class PageHtmlUrlField(Field):
    """The address of the page on the public site; null for a draft that has no place in the tree yet."""

    def get_attribute(self, instance):
        return instance

    def to_representation(self, page):
        return page.full_url if page.pk else None


class AncestorsField(Field):
    """References to the public pages above, from the home page down."""

    def get_attribute(self, instance):
        return ancestor_ids(instance)

    def to_representation(self, ids):
        return references_to(ids)


class ParentField(AncestorsField):
    """A reference to the parent; null where it is not public."""

    def to_representation(self, ids):
        found = references_to(ids[-1:])
        return found[0] if found else None


def ancestor_ids(page) -> list[int]:
    """The ids of the pages above `page`, from the top; remembered on the page."""
    if not hasattr(page, "_ancestor_ids"):
        path = page.path or ""
        paths = [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]
        page._ancestor_ids = list(
            Page.objects.filter(path__in=paths, depth__gt=1).order_by("path").values_list("pk", flat=True)
        )
    return page._ancestor_ids


class WithdrawnField(Field):
    """The notice under which a withdrawn page stays readable: `reason` and `date`; null for any other."""

    def get_attribute(self, instance):
        return instance

    def to_representation(self, page):
        return page.withdrawn_notice


class UpdatesField(Field):
    """The changes since the first publication that readers are told of: `kind`, `note`, `date`, newest first."""

    def get_attribute(self, instance):
        return instance

    def to_representation(self, page):
        return page.told_updates


class PortalPageSerializer(PageSerializer):
    """A page of any type."""

    detail_url = PageDetailUrlField(read_only=True)
    html_url = PageHtmlUrlField(read_only=True)
    parent = ParentField(read_only=True)
    ancestors = AncestorsField(read_only=True)
    withdrawn = WithdrawnField(read_only=True)
    updates = UpdatesField(read_only=True)
