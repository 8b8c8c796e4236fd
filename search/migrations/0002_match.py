"""What each database matches with: FTS5 kept by triggers, or generated tsvector columns under GIN indexes."""

from django.db import migrations

COLUMNS = ["title", "reference", "summary", "body"]
ALL_COLUMNS = [*COLUMNS, *(f"folded_{name}" for name in COLUMNS)]
WEIGHTS = {"title": "A", "reference": "A", "summary": "B", "body": "C"}


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in make_postgresql() if vendor == "postgresql" else make_sqlite():
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in drop_postgresql() if vendor == "postgresql" else drop_sqlite():
        schema_editor.execute(statement, params=None)


def make_sqlite():
    names = ", ".join(ALL_COLUMNS)
    new = ", ".join(f"new.{name}" for name in ALL_COLUMNS)
    old = ", ".join(f"old.{name}" for name in ALL_COLUMNS)
    # Diacritics are folded in Python, which knows đ; the exact columns must keep them.
    yield (
        f"CREATE VIRTUAL TABLE search_fts USING fts5({names}, content='search_entry', content_rowid='item_id',"
        " tokenize=\"unicode61 remove_diacritics 0\")"
    )
    insert = f"INSERT INTO search_fts(rowid, {names}) VALUES (new.item_id, {new});"
    delete = f"INSERT INTO search_fts(search_fts, rowid, {names}) VALUES ('delete', old.item_id, {old});"
    yield f"CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN {insert} END"
    yield f"CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN {delete} END"
    yield f"CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN {delete} {insert} END"


def drop_sqlite():
    for event in ("insert", "delete", "update"):
        yield f"DROP TRIGGER search_entry_{event}"
    yield "DROP TABLE search_fts"


def make_postgresql():
    for kind, prefix in (("exact", ""), ("folded", "folded_")):
        vector = " || ".join(
            f"setweight(to_tsvector('simple', {prefix}{name}), '{WEIGHTS[name]}')" for name in COLUMNS
        )
        yield f"ALTER TABLE search_entry ADD COLUMN {kind}_vector tsvector GENERATED ALWAYS AS ({vector}) STORED"
        yield f"CREATE INDEX search_entry_{kind} ON search_entry USING gin ({kind}_vector)"


def drop_postgresql():
    for kind in ("exact", "folded"):
        yield f"ALTER TABLE search_entry DROP COLUMN {kind}_vector"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
