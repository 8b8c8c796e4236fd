"""Updating many rows, each with values of its own."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def update_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the fields `names` of rows of `model`, each given as (key, value of each field); what is not there is left
    out.

    One statement for each row, sent together: `bulk_update` makes one of them all, which takes several times as long.
    """
    fields = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column or name)} = %s" for name, field in zip(names, fields, strict=True))
    key = quote(model._meta.pk.column or "")
    prepared = [
        (*(field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)), pk)
        for pk, *values in rows
    ]
    if prepared:
        with connection.cursor() as cursor:
            # Names of tables and columns alone.
            cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {key} = %s", prepared)  # noqa: S608
