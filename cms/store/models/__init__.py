"""The content store, and the log of what changed in it."""

from .change_log import Change, ChangeLogHead, ChangeLogKind, Event
from .items import Form, Item, ItemCount, Link, RemovedItem, SortKey, Span, Term
from .journal import Touched
from .notices import Notice
from .patches import Patch

__all__ = [
    "Change",
    "ChangeLogHead",
    "ChangeLogKind",
    "Event",
    "Form",
    "Item",
    "ItemCount",
    "Link",
    "Notice",
    "Patch",
    "RemovedItem",
    "SortKey",
    "Span",
    "Term",
    "Touched",
]
