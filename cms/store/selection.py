"""Items that fulfil conditions: counted, in an order, and how many have which value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .conditions import Condition, by_item
from .replica import reading
from .version import is_fresh

# By what an item is ordered where nothing else is asked: its number.
BY_NUMBER = "number"
# A row of what matches costs about this many times more to be sorted than a row of the index costs to be passed over.
_SORTING = 3
# So many are sorted at once (some milliseconds), without asking how many of them fulfil the other conditions.
_FEW = 4000
# What matches may stand together far down the order, as a year among days: then so many times more is passed over.
_UNEVEN = 100


@dataclass(frozen=True)
class Place:
    """Where an item stands in an order: whether its value is unknown, the value, its number."""

    unknown: bool
    value: str
    number: int


@dataclass(frozen=True)
class Row:
    """An item of a page of a listing, with its form as it is kept."""

    item: int
    type: str
    key: str
    number: int | None
    next_change_on: Any
    is_fresh: bool
    text: str
    place: Place


# How many items there were last of which only a type was asked: to decide how to look, never what to answer.
_sizes_seen: dict[tuple[Any, ...], int] = {}
# Sort keys that pages of every type have.
COMMON_KEYS = frozenset({"slug", "title", "first_published_at", "last_published_at", "published"})


class UnknownEntry(Exception):
    """A condition names an entry that there is not."""


class Selection:
    """The items of which `conditions` are true: at least one of them says of what kind they are."""

    def __init__(self, conditions: Iterable[Condition], pages: bool = True) -> None:
        self.conditions = list(conditions)
        self._implied = self._put_types_beside_terms()
        self._pages = pages
        self._sizes: list[int] | None = None
        self._count: int | None = None

    def _put_types_beside_terms(self) -> Condition | None:
        """Ask for the types where terms are looked for, whose index has them too; return the condition that is then
        true of all that fulfil the others.
        """
        asked = next((one for one in self.conditions if one.types is not None), None)
        if asked is None or asked.types is None or not any(one.of_types for one in self.conditions):
            return None
        self.conditions = [one.of_types(asked.types) if one.of_types else one for one in self.conditions]
        return asked

    @property
    def _asked(self) -> list[Condition]:
        """The conditions that say something beside the others."""
        return [one for one in self.conditions if one is not self._implied]

    def check(self) -> None:
        """Ask how many items each condition keeps. Raise UnknownEntry."""
        if self._sizes is not None:
            return
        columns: list[str] = []
        params: list[Any] = []
        for one in self.conditions:
            sql, counted = counting(one)
            columns.append(f"({sql})")
            params += counted
        named = [one for one in self.conditions if one.named is not None]
        for one in named:
            if one.named is not None:
                columns.append(f"({one.named[0]})")
                params += one.named[1]
        found = _rows(f"SELECT {', '.join(columns)}", params)[0]
        for one, listed in zip(named, found[len(self.conditions) :], strict=True):
            ids = listed.split(",") if listed else []
            if one.named is not None and len(ids) < one.named[2]:
                raise UnknownEntry
            if one.with_ids is not None:
                self.conditions[self.conditions.index(one)] = one.with_ids(ids)
        # A sum is a decimal to PostgreSQL.
        self._sizes = [int(number) for number in found[: len(self.conditions)]]
        # The fewest first.
        order = sorted(range(len(self.conditions)), key=lambda place: self._sizes[place] if self._sizes else 0)
        self.conditions = [self.conditions[place] for place in order]
        self._sizes.sort()

    def count(self) -> int:
        """Return how many there are."""
        if self._count is None:
            self.check()
            if len(self._asked) == 1:
                self._count = self.size
            else:
                sql, params = self.selected("COUNT(*)")
                self._count = _rows(sql, params)[0][0]
        return self._count

    def items(self) -> set[int]:
        """Return all of them."""
        sql, params = self.selected()
        return {item for (item,) in _rows(sql, params)}

    @property
    def size(self) -> int:
        """How many items the condition keeps that keeps the fewest."""
        self.check()
        return self._sizes[0] if self._sizes else 0

    def selected(self, columns: str = "d.item_id") -> tuple[str, list[Any]]:
        """Return SQL that selects `columns` of the items `d`, and its parameters."""
        first, *rest = self._asked
        sql = f"SELECT {columns} FROM ({first.source}) d"
        if rest:
            sql += " WHERE " + " AND ".join(one.tests("d.item_id") for one in rest)
        return sql, [param for one in self._asked for param in one.params]

    def page(
        self,
        order: str,
        descending: bool,
        limit: int,
        offset: int = 0,
        after: Place | None = None,
        listing: bool = True,
    ) -> list[Row]:
        """Return items in an order (the name of a sort key, or BY_NUMBER), with their forms."""
        if order == BY_NUMBER:
            return self._by_number(descending, limit, offset, after, listing)
        if after is None:
            return self._sorted(order, descending, limit, offset, None, None, listing)
        found = []
        if not after.unknown:
            found = self._sorted(order, descending, limit, offset, False, after, listing)
            after = None
        if len(found) < limit:
            found += self._sorted(order, descending, limit - len(found), offset, True, after, listing)
        return found

    def _by_number(self, descending: bool, limit: int, offset: int, after: Place | None, listing: bool) -> list[Row]:
        way = "DESC" if descending else ""
        if self._pages and self._walks(limit + offset):
            # Along the index of numbers: each item is tested.
            tests = [one.tests("n.id") for one in self._asked]
            params = [param for one in self._asked for param in one.params]
            inner, column = (
                "SELECT n.id FROM store_item n WHERE n.page_id IS NOT NULL AND " + " AND ".join(tests),
                "page_id",
            )
        else:
            selected, params = self.selected()
            inner = f"SELECT n.id FROM ({selected}) m {_JOIN} store_item n ON n.id = m.item_id WHERE 1 = 1"
            column = "number"
        if after is not None:
            inner += f" AND n.{column} {'<' if descending else '>'} %s"
            params.append(after.number)
        inner += f" ORDER BY n.{column} {way} LIMIT %s OFFSET %s"
        total, counted = self._total()
        sql = f"SELECT {total}, {_columns(listing)}, 0, '', i.number FROM ({inner}) p {_FORMS} ORDER BY i.number {way}"
        return self._made(sql, [*counted, *params, limit, offset])

    def _sorted(
        self,
        name: str,
        descending: bool,
        limit: int,
        offset: int,
        unknown: bool | None,
        after: Place | None,
        listing: bool,
    ) -> list[Row]:
        way = "DESC" if descending else ""
        total, counted = self._total()
        is_own, whole = self._is_own(name), ""
        if is_own or self._walks(limit + offset):
            tested = [] if is_own else self._asked
            tests = "".join(f" AND {one.tests('s.item_id')}" for one in tested)
            inner = f"SELECT s.item_id, s.unknown, s.value, s.number FROM store_sortkey s WHERE s.name = %s{tests}"
            params = [name, *(param for one in tested for param in one.params)]
        else:
            selected, params = self.selected()
            if after is None and unknown is None and not counted:
                # All of them are sorted, and so counted by the way.
                total, whole = "p.whole", ", COUNT(*) OVER () AS whole"
            inner = (
                f"SELECT s.item_id, s.unknown, s.value, s.number{whole} FROM ({selected}) m {_JOIN} store_sortkey s"
                f" {by_item('store_sort_of_item')} ON s.item_id = m.item_id AND s.name = %s WHERE 1 = 1"
            )
            params.append(name)
        if unknown is not None:
            inner += " AND s.unknown = %s"
            params.append(unknown)
        if after is not None and not after.unknown:
            # In this form both databases begin in the index where the page begins.
            inner += f" AND s.value {'<=' if descending else '>='} %s AND NOT (s.value = %s AND s.number <= %s)"
            params += [after.value, after.value, after.number]
        elif after is not None:
            inner += " AND s.number > %s"
            params.append(after.number)
        inner += f" ORDER BY s.unknown, s.value {way}, s.number LIMIT %s OFFSET %s"
        sql = (
            f"SELECT {total}, {_columns(listing)}, p.unknown, p.value, p.number FROM ({inner}) p"
            f" {_FORMS.replace('p.id', 'p.item_id')} ORDER BY p.unknown, p.value {way}, p.number"
        )
        return self._made(sql, [*counted, *params, limit, offset])

    def _is_own(self, name: str) -> bool:
        """Return whether the order is that of the one type which is asked for, so that all along it match."""
        return len(self.conditions) == 1 and self.conditions[0].types is not None and name not in COMMON_KEYS

    def _total(self) -> tuple[str, tuple[Any, ...]]:
        """Return SQL that counts all of them, where that costs nothing, and its parameters."""
        if not self._is_simple:
            return "NULL", ()
        sql, params = counting(self.conditions[0])
        return f"({sql})", params

    @property
    def _is_simple(self) -> bool:
        """Whether only a type is asked for, of which the number is kept."""
        return len(self.conditions) == 1 and self.conditions[0].counted is not None

    def _walks(self, wanted: int) -> bool:
        """Return whether it is cheaper to walk along the order and to test each item than to sort what matches."""
        if self._is_simple:
            size = _sizes_seen.get(self._name)
            return wanted < (self.size if size is None else size) * _SORTING
        if self.size <= _FEW:
            return False
        passed_over = wanted * self._whole() / max(1, self.count())
        return passed_over * _UNEVEN < self.size * _SORTING

    @property
    def _name(self) -> tuple[Any, ...]:
        return (self.conditions[0].source, self.conditions[0].params)

    def _whole(self) -> int:
        """Return about how many items an order has: as many as the condition keeps that keeps the most."""
        self.check()
        return self._sizes[-1] if self._sizes else 0

    def _made(self, sql: str, params: list[Any]) -> list[Row]:
        rows = _rows(sql, params)
        if rows and rows[0][0] is not None:
            self._count = int(rows[0][0])
            if self._is_simple:
                _sizes_seen[self._name] = self._count
        return [
            Row(
                item,
                kind,
                key,
                number,
                changes_on,
                is_fresh=is_fresh(stale, version),
                text=text,
                place=Place(bool(unknown), value, place),
            )
            for _, item, kind, key, number, changes_on, stale, version, text, unknown, value, place in rows
        ]

    def values(self, parameter: str, collection: str | None = None) -> list[tuple[str, int, str | None]]:
        """Return how many of the items have each value of a parameter: (value, count, reference of the entry of
        `collection` with that id).
        """
        # Names of their own: those of the conditions are inside.
        params: list[Any]
        if self.size * 4 < self._whole():
            selected, params = self.selected()
            grouped = f"FROM ({selected}) m {_JOIN} store_term v"
            grouped += f" {by_item('store_term_of_item')} ON v.item_id = m.item_id AND v.parameter = %s"
            params.append(parameter)
        else:
            grouped, params = "FROM store_term v WHERE v.parameter = %s", [parameter]
            for one in self.conditions:
                if one.types is not None:
                    grouped += f" AND v.type IN ({', '.join(['%s'] * len(one.types))})"
                    params += one.types
                else:
                    grouped += f" AND {one.tests('v.item_id')}"
                    params += one.params
        grouped = f"SELECT v.value, COUNT(*) AS many {grouped} GROUP BY v.value"
        if collection is None:
            return [(value, many, None) for value, many in _rows(grouped, params)]
        sql = (
            f"SELECT g.value, g.many, i.reference FROM ({grouped}) g"
            " JOIN store_item i ON i.type = %s AND i.number = CAST(g.value AS BIGINT)"
        )
        return [(value, many, reference) for value, many, reference in _rows(sql, [*params, collection])]


# SQLite keeps the order of a cross join; PostgreSQL needs none.
_JOIN = "CROSS JOIN" if connection.vendor == "sqlite" else "JOIN"
_FORMS = "JOIN store_item i ON i.id = p.id JOIN store_form f ON f.item_id = i.id"


def counting(condition: Condition) -> tuple[str, tuple[Any, ...]]:
    """Return SQL that counts the items that a condition keeps, and its parameters."""
    return condition.counted or (f"SELECT COUNT(*) FROM ({condition.source}) x", condition.params)


def _columns(listing: bool) -> str:
    text = "CASE WHEN f.listing = '' THEN f.detail ELSE f.listing END" if listing else "f.detail"
    return f"i.id, i.type, i.key, i.number, i.next_change_on, i.stale, i.version, {text}"


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with reading().cursor() as cursor:
        cursor.execute(sql, list(params))
        return cursor.fetchall()
