"""Rows of the feed."""


def of_pages(rows):
    """(kind, id) of those rows that tell of pages: only their types have a dot."""
    return [(kind, pk) for kind, name, pk in rows if "." in name]
