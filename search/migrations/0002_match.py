"""What each database matches with: FTS5 kept by triggers, or generated tsvector columns under a GIN index."""

from django.db import migrations

SHORT = ["title", "reference", "summary"]
COLUMNS = [*SHORT, "body"]
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
        # Two, so that a body is not cut into words again where an issuer is called otherwise: PostgreSQL generates anew
        # what depends on the columns that an update names.
        for part, names in (("short", SHORT), ("body", ["body"])):
            vector = " || ".join(
                f"setweight(to_tsvector('simple', {prefix}{name}), '{WEIGHTS[name]}')" for name in names
            )
            yield (
                f"ALTER TABLE search_entry ADD COLUMN {kind}_{part}_vector tsvector"
                f" GENERATED ALWAYS AS ({vector}) STORED"
            )
    # Of an operator the planner does not count that it reads long texts: where a word is common it would do so for all
    # rows instead of using the index. A function can state its cost.
    yield (
        "CREATE FUNCTION search_vector(short tsvector, body tsvector) RETURNS tsvector"
        " LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS 'BEGIN RETURN short || body; END'"
    )
    both = "search_vector(folded_short_vector, folded_body_vector)"
    yield f"CREATE INDEX search_entry_folded ON search_entry USING gin ({both})"


def drop_postgresql():
    for kind in ("exact", "folded"):
        for part in ("short", "body"):
            yield f"ALTER TABLE search_entry DROP COLUMN {kind}_{part}_vector"
    yield "DROP FUNCTION search_vector"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
