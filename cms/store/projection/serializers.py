"""The serializer of pages: Wagtail's, with addresses and parents that cost no query and show nothing private."""

from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.models import Page

from ..wagtail_api import PageSerializer, get_serializer_class
from .beside import beside_of
from .references import page_detail_url, references_to, type_name

BODY_FIELDS = ("id", "title")
META_FIELDS = (
    "type",
    "detail_url",
    "html_url",
    "slug",
    "show_in_menus",
    "seo_title",
    "search_description",
    "first_published_at",
    "last_published_at",
    "withdrawn",
    "updates",
    "parent",
    "ancestors",
)
# Of what types add: `cited_by`, which may be long.
DETAIL_ONLY_FIELDS = frozenset({"parent", "ancestors", "cited_by"})


class PageTypeField(Field):
    """The name of the page's type, also where only what all pages have was loaded."""

    def get_attribute(self, instance: Page) -> str | None:
        return type_name(instance.specific_class) if instance.specific_class is not None else None

    def to_representation(self, name: str) -> str:
        return name


class PageDetailUrlField(Field):
    """The address of the page's detail; null for a draft that is not stored."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> str | None:
        return page_detail_url(page.pk) if page.pk else None


class PageHtmlUrlField(Field):
    """The address of the page on the public site; null for a draft that has no place in the tree yet."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> str | None:
        return page.full_url if page.pk else None


class AncestorsField(Field):
    """References to the public pages above, from the home page down."""

    def get_attribute(self, instance: Page) -> list[int]:
        return beside_of(self).ancestors[instance.pk]

    def to_representation(self, ids: list[int]) -> list[dict[str, Any]]:
        return references_to(ids)


class ParentField(Field):
    """A reference to the parent; null where it is not public."""

    def get_attribute(self, instance: Page) -> list[int]:
        return beside_of(self).ancestors[instance.pk]

    def to_representation(self, ids: list[int]) -> dict[str, Any] | None:
        found = references_to(ids[-1:])
        return found[0] if found else None


class WithdrawnField(Field):
    """The notice under which a withdrawn page stays readable: `reason` and `date`; null for any other."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> Any:
        return beside_of(self).withdrawn.get(page.pk)


class UpdatesField(Field):
    """The changes since the first publication that readers are told of: `kind`, `note`, `date`, newest first."""

    def get_attribute(self, instance: Page) -> Page:
        return instance

    def to_representation(self, page: Page) -> Any:
        return beside_of(self).updates.get(page.pk, [])


class PortalPageSerializer(PageSerializer):
    """A page of any type."""

    type = PageTypeField(read_only=True)
    detail_url = PageDetailUrlField(read_only=True)
    html_url = PageHtmlUrlField(read_only=True)
    parent = ParentField(read_only=True)
    ancestors = AncestorsField(read_only=True)
    withdrawn = WithdrawnField(read_only=True)
    updates = UpdatesField(read_only=True)

    def build_relational_field(self, field_name: str, relation_info: Any) -> NoReturn:
        """Refuse: what others may see of a related object is said by the field, never by its model."""
        raise ImproperlyConfigured(f"{field_name} of {self.Meta.model.__name__} needs a serializer in api_fields.")


def fields_of(model: type[Model]) -> dict[str, Field | None]:
    """Return the fields of the form of pages of `model`, in their order, each with its serializer; None where the
    stored field says it.
    """
    own = [field if isinstance(field, APIField) else APIField(field) for field in getattr(model, "api_fields", ())]
    return {
        **dict.fromkeys(BODY_FIELDS),
        **{field.name: field.serializer for field in own},
        **dict.fromkeys(META_FIELDS),
    }


def page_serializer(
    model: type[Model], names: list[str] | None = None, as_of: date | None = None
) -> PortalPageSerializer:
    """Return an unbound serializer of pages of `model` with the fields `names` (default: all), which are in the order
    of `fields_of`.

    `as_of` is the day for which derived values are asked (default: today).
    """
    fields = fields_of(model)
    names = list(fields) if names is None else names
    serializer_class = get_serializer_class(
        model,
        names,
        meta_fields=META_FIELDS,
        field_serializer_overrides={name: fields[name] for name in names if fields[name] is not None},
        base=PortalPageSerializer,
    )
    return serializer_class(context={"as_of": as_of})
