"""Updating many rows, each with values of its own."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Field, Model


def update_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the fields `names` of rows of `model`, each given as (key, value of each field); what is not there is left
    out. Rows that others may write too have to be locked.

    `bulk_update` makes one statement of them all, in which each value has a condition of its own: that takes several
    times as long.
    """
    key: Any = model._meta.pk
    fields = [key, *(model._meta.get_field(name) for name in names)]
    prepared = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows
    ]
    if not prepared:
        return
    table, columns = _quoted(model._meta.db_table), [_quoted(field.column) for field in fields]
    if connection.vendor == "postgresql":
        _update_postgresql(table, fields, columns, prepared)
    else:
        _update_sqlite(table, columns, prepared)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _update_sqlite(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    key, *others = columns
    sets = ", ".join(f"{name} = %s" for name in others)
    with connection.cursor() as cursor:
        # Names of tables and columns alone.
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE {key} = %s", [[*values, pk] for pk, *values in rows])  # noqa: S608


def _update_postgresql(table: str, fields: list[Field], columns: list[str], rows: list[list[Any]]) -> None:
    """Send each column as one array, in binary form: quoting long texts takes longer than writing them."""
    # Not for processes on SQLite.
    import psycopg
    from psycopg.types.array import ListBinaryDumper

    # A cast to varchar(n) would cut silently; the assignment to the column refuses what is too long.
    types = ["text" if isinstance(field, CharField) else field.db_type(connection) for field in fields]
    arrays = ", ".join(f"%s::{one}[]" for one in types)
    sets = ", ".join(f"{name} = given.{name}" for name in columns[1:])
    connection.ensure_connection()
    # Django's own cursor puts values into the statement, as text.
    cursor: Any = psycopg.Cursor(connection.connection)
    cursor.adapters.register_dumper(list, ListBinaryDumper)
    wrapped = connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
    with wrapped:
        # Names of tables and columns, and types, alone.
        wrapped.execute(
            f"UPDATE {table} SET {sets} FROM unnest({arrays}) given({', '.join(columns)})"  # noqa: S608
            f" WHERE {table}.{columns[0]} = given.{columns[0]}",
            [list(values) for values in zip(*rows, strict=True)],
        )
