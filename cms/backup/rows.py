"""Rows of all tables as lines of JSON, which mean the same to SQLite and PostgreSQL."""

import datetime
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Model
from django.db.models.functions import Cast
from wagtail.fields import StreamField

# What is worked out anew after a restore, or ends with the installation: the admin's index, sessions, queued work.
LEFT_OUT = {
    "modelsearch.SQLiteFTSIndexEntry",
    "modelsearch.IndexEntry",
    "sessions.Session",
    "usersessions.UserSession",
    "wagtailadmin.EditingSession",
    "accounts.LoginLimit",
    "django_tasks_database.DBTaskResult",
}
# JSON has no such values: they are written as texts, which these fields read.
_WRITTEN = (
    models.DateField,
    models.TimeField,
    models.DecimalField,
    models.UUIDField,
    models.DurationField,
)
_AT_A_TIME = 500


def tables() -> dict[str, type[Model]]:
    """Return the models that have a table, many-to-many tables included, by their labels."""
    there = set(connection.introspection.table_names())
    found = {
        model._meta.label: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table in there
    }
    return dict(sorted(found.items()))


def kept() -> dict[str, type[Model]]:
    """Return those of them that a backup has."""
    return {label: model for label, model in tables().items() if label not in LEFT_OUT}


def lines(model: type[Model], files: set[str]) -> Iterator[str]:
    """Yield the table of `model` as lines of JSON: its columns, then each row. The names of files go into `files`."""
    fields = model._meta.local_concrete_fields
    yield json.dumps([field.attname for field in fields])
    streams = [at for at, field in enumerate(fields) if isinstance(field, StreamField)]
    named = [at for at, field in enumerate(fields) if isinstance(field, models.FileField)]
    # Blocks as they are stored: reading them would give them ids, and leave out those of types that are gone.
    columns = [
        Cast(field.attname, models.TextField()) if isinstance(field, StreamField) else field.attname for field in fields
    ]
    rows = model._base_manager.order_by("pk").values_list(*columns)
    for row in rows.iterator(chunk_size=2000):
        values = list(row)
        for at in streams:
            values[at] = json.loads(values[at]) if values[at] else values[at]
        files.update(values[at] for at in named if values[at])
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_written)


def insert(model: type[Model], read: Iterable[str]) -> int:
    """Store the lines that `lines` gave, past models and signals, and return how many rows there were.

    Raise ValueError for columns that the model does not have.
    """
    read = iter(read)
    known = {field.attname: field for field in model._meta.local_concrete_fields}
    names = json.loads(next(read))
    if set(names) != set(known):
        raise ValueError(f"{model._meta.label} has other columns: {sorted(set(names) ^ set(known))}")
    fields = [known[name] for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join("%s" for _field in fields)
    # Names of tables and columns are the models' own.
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    count, batch = 0, []
    with connection.cursor() as cursor:
        for line in read:
            batch.append([_stored(field, value) for field, value in zip(fields, json.loads(line), strict=True)])
            if len(batch) == _AT_A_TIME:
                cursor.executemany(statement, batch)
                count, batch = count + len(batch), []
        if batch:
            cursor.executemany(statement, batch)
    return count + len(batch)


def empty() -> None:
    """Empty all tables. (A table that is only added to refuses DELETE, and lets itself be flushed.)"""
    names = [model._meta.db_table for model in tables().values()]
    connection.ops.execute_sql_flush(
        connection.ops.sql_flush(no_style(), names, reset_sequences=True, allow_cascade=False)
    )


def last_ids() -> dict[str, int]:
    """Return the last id that each table has given, by its name: also of rows that are gone, so that a restored
    installation gives none of them again. The record goes by ids.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        found = {}
        for table, sequence in _sequences(cursor).items():
            # Names of sequences are the database's own.
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608
            for (value,) in cursor.fetchall():
                found[table] = value
        return found


def set_last_ids(wanted: dict[str, int]) -> None:
    """Let each table go on after the last id that it has given, and after those that it has."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables().values())):
            cursor.execute(statement)
        now = last_ids()
        behind = {table: value for table, value in wanted.items() if value > now.get(table, 0)}
        if connection.vendor == "sqlite":
            for table, value in behind.items():
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, value])
            return
        sequences = _sequences(cursor)
        for table, value in behind.items():
            if table in sequences:
                cursor.execute("SELECT setval(%s, %s)", [sequences[table], value])


def _sequences(cursor: Any) -> dict[str, str]:
    """Return the sequences of PostgreSQL by the names of their tables."""
    found = {}
    for model in tables().values():
        key = model._meta.pk
        if isinstance(key, models.AutoField | models.BigAutoField) and key in model._meta.local_fields:
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)",
                [connection.ops.quote_name(model._meta.db_table), str(key.column)],
            )
            (name,) = cursor.fetchone()
            if name:
                found[model._meta.db_table] = name
    return found


def _written(value: Any) -> str:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID | datetime.timedelta):
        return str(value)
    raise TypeError(f"{type(value)} can't be kept in a backup")


def _stored(field: Any, value: Any) -> Any:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if value is not None and isinstance(target, _WRITTEN):
        value = target.to_python(value)
    if isinstance(field, StreamField):
        # As it was stored: nothing is made of its blocks on the way.
        return models.JSONField().get_db_prep_save(value, connection)
    return field.get_db_prep_save(value, connection)
