"""What the databases derive of the search table: whether they still do."""

from collections import Counter

from django.db import connection

_POSTGRESQL = """
    SELECT
    (
        SELECT count(*) FROM pg_attribute
        WHERE attrelid = 'search_entry'::regclass AND attgenerated = 's'
        AND attname IN ('exact_short_vector', 'exact_body_vector', 'folded_short_vector', 'folded_body_vector')
    ) + (
        SELECT count(*) FROM pg_index
        WHERE indrelid = 'search_entry'::regclass AND indexrelid = to_regclass('search_entry_folded') AND indisvalid
    )
"""
_SQLITE = """
    SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_entry'
    AND name IN ('search_entry_insert', 'search_entry_update', 'search_entry_delete')
"""


def check() -> Counter[str]:
    """Count the generated columns and their index, or the triggers, that are gone or are others now. Only a migration
    makes them anew.

    What stands in SQLite's index is not compared: FTS5 does it under the lock that all writers need.
    """
    sql, wanted = (_POSTGRESQL, 5) if connection.vendor == "postgresql" else (_SQLITE, 3)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        missing = wanted - cursor.fetchone()[0]
    return Counter({"derived columns or triggers of the search": missing} if missing else {})
