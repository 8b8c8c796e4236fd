"""The schemas of pages: one for each type, from its serializer; of blocks: one for each, told apart by `type`."""

from typing import Any

from django.db import models
from django.db.models import Model
from rest_framework import serializers

from cms.core.schemas import BOOLEAN, DATE, INTEGER, MOMENT, STRING, URI, array, const, nullable, obj, ref
from cms.store.projection.fields import StreamSerializer
from cms.store.projection.references import type_name
from cms.store.projection.registry import page_types
from cms.store.projection.serializers import DETAIL_ONLY_FIELDS, META_FIELDS, page_serializer

_FIELDS = {
    serializers.DateField: DATE,
    serializers.DateTimeField: MOMENT,
    serializers.BooleanField: BOOLEAN,
    serializers.IntegerField: INTEGER,
    serializers.CharField: STRING,
}
_META = {
    "detail_url": URI,
    "html_url": nullable(URI),
    "slug": STRING,
    "show_in_menus": BOOLEAN,
    "seo_title": STRING,
    "search_description": STRING,
    "first_published_at": nullable(MOMENT),
    "last_published_at": nullable(MOMENT),
    "withdrawn": nullable(ref("Withdrawal")),
    "updates": array(ref("Update")),
    "parent": nullable(ref("PageReference")),
    "ancestors": array(ref("PageReference")),
}


def page_models() -> list[type]:
    """Return the page types, by name."""
    return [one.model for _name, one in sorted(page_types().items())]


def component_of(model: type[Model]) -> str:
    """Return the name of the schema of a page type."""
    return model.__name__


def schemas() -> dict[str, dict]:
    """Return a schema for each page type, one for an item of a listing of it (whatever `fields` asks for), and one for
    each block.
    """
    found = {}
    for model in page_models():
        serializer = page_serializer(model)
        own = {
            name: schema_of(field, model)
            for name, field in serializer.fields.items()
            if name not in {"id", "title", "type", *META_FIELDS}
        }
        meta = {"type": const(type_name(model)), **_META}
        properties = {"id": INTEGER, "meta": obj(meta), "title": STRING, **own}
        found[component_of(model)] = obj(properties)
        item = {name: one for name, one in properties.items() if name not in DETAIL_ONLY_FIELDS}
        item = {**item, "meta": obj(meta, optional=meta)}
        found[f"{component_of(model)}Item"] = obj(item, optional=item)
        part = {**properties, "meta": obj(meta, optional=meta)}
        found[f"{component_of(model)}Part"] = obj(part, optional=part)
        for field in serializer.fields.values():
            if isinstance(field, StreamSerializer):
                found |= block_schemas(model._meta.get_field(field.source).stream_block)
    return found


def schema_of(field: Any, model: type[Model]) -> dict:
    """Return the schema of a serializer field: its own word, or that of its kind and of the stored field."""
    if hasattr(field, "api_schema"):
        return field.api_schema
    plain = next(schema for kind, schema in _FIELDS.items() if isinstance(field, kind))
    stored = next((one for one in model._meta.get_fields() if one.name == field.source), None)
    can_be_null = isinstance(stored, models.Field) and stored.null
    return nullable(plain) if can_be_null else plain


def block_schemas(stream_block: Any) -> dict[str, dict]:
    """Return a schema for each block of a body, and `Block` for any of them."""
    found, mapping = {}, {}
    for name, block in stream_block.child_blocks.items():
        component = f"{name.title().replace('_', '')}Block"
        form = {"type": const(name), "value": block.api_schema, "id": STRING}
        found[component] = obj(form)
        mapping[name] = f"#/components/schemas/{component}"
    union = [{"$ref": address} for address in mapping.values()]
    found["Block"] = {"oneOf": union, "discriminator": {"propertyName": "type", "mapping": mapping}}
    return found


def any_page() -> dict:
    """Return a page of whatever type, in full."""
    return {"oneOf": [ref(component_of(model)) for model in page_models()]}


def any_page_or_part() -> dict[str, list]:
    """Return the schema of a page of whatever type, in full or with what `fields` asks for."""
    return {"anyOf": [*any_page()["oneOf"], *(ref(f"{component_of(model)}Part") for model in page_models())]}


def any_item() -> dict:
    """Return an item of a listing."""
    return {"anyOf": [ref(f"{component_of(model)}Item") for model in page_models()]}
