"""The shapes that recur (docs/api.md), by name."""

from typing import Any

from cms.core.schemas import BOOLEAN, DATE, INTEGER, MOMENT, STRING, URI, array, coded, const, nullable, obj, ref
from cms.pages.change_notes import ChangeKind
from cms.store.models import ChangeLogKind

_IMAGE = {
    "id": INTEGER, "title": STRING, "src": URI, "srcset": STRING, "sizes": STRING, "width": INTEGER, "height": INTEGER,
    "jpeg": URI,
}  # fmt: skip

COMPONENTS = {
    "Coded": coded(),
    "Snippet": obj({"slug": STRING, "code": nullable(STRING), "name": STRING}),
    "Tag": obj({"slug": STRING, "name": STRING}),
    "PageReference": obj(
        {
            "id": INTEGER,
            "type": STRING,
            "title": STRING,
            "detail_url": URI,
            "html_url": URI,
            "reference": STRING,
            "subject": STRING,
        },
        optional=("reference", "subject"),
    ),
    "Image": obj({**_IMAGE, "alt": STRING, "caption": STRING, "credit": STRING}),
    "ImageFile": obj(_IMAGE),
    "Document": obj(
        {
            "id": INTEGER,
            "title": STRING,
            "url": URI,
            "filename": STRING,
            "size": nullable(INTEGER),
            "content_type": STRING,
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "pages": nullable(INTEGER),
        }
    ),
    "Update": obj({"kind": coded([ChangeKind.UPDATE, ChangeKind.CORRECTION]), "note": STRING, "date": DATE}),
    "Withdrawal": obj({"reason": STRING, "date": DATE}),
    "Redirected": obj({"kind": const("redirect"), "location": STRING, "permanent": BOOLEAN}),
    "Removed": obj(
        {
            "kind": const("removed"),
            "how": coded(["hidden", "error", "consolidated", "deleted", "purged"]),
            "reason": nullable(STRING),
            "date": DATE,
            "target": nullable(ref("PageReference")),
        }
    ),
    "Change": obj(
        {
            "seq": INTEGER,
            "kind": {"type": "string", "enum": ChangeLogKind.values},
            "at": MOMENT,
            "type": STRING,
            "id": {"type": ["integer", "string"]},
            "gone": BOOLEAN,
            "first": BOOLEAN,
            "path": nullable(STRING),
            "old_path": nullable(STRING),
            "detail_url": nullable(URI),
            "form": nullable({"type": "object"}),
        },
        optional=("form",),
    ),
    "Problem": obj(
        {"type": STRING, "title": STRING, "status": INTEGER, "detail": STRING, "parameter": STRING},
        optional=("parameter",),
    ),
}

LIST_META = {
    "total_count": INTEGER,
    "next_cursor": nullable(STRING),
}


def listing(item: dict, optional: Any = (), **meta: Any) -> dict:
    """Return the answer of a listing; `meta` is what it has besides, of which some is `optional`."""
    return obj({"meta": obj({**LIST_META, **meta}, optional), "items": array(item)})
