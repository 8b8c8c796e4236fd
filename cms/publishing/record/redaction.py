"""Taking the words of entries away when what they speak of was purged.

The chain stays whole: see `cms.publishing.record.models.RecordEntry`.
"""

from collections.abc import Iterable

from django.db.models import Model, Q

from .models import RecordEntry, RecordKind


def redact(numbers: Iterable[int], purge: RecordEntry) -> None:
    """Take subject, reason and data from the entries `numbers`; `purge` is the entry that says why and names them in
    its data.
    """
    RecordEntry.objects.filter(pk__in=numbers).update(subject="", reason="", data={}, salt="", redacted_by=purge)


def numbers_of(condition: Q) -> list[int]:
    """Return the entries under a condition whose words can be taken away: those that tell of a purge stay."""
    told = Q(kind=RecordKind.ERASED, data__how="purge")
    return list(RecordEntry.objects.filter(condition).exclude(told).order_by("pk").values_list("pk", flat=True))


def about_page(page_id: int) -> Q:
    """Return the condition of entries about a page."""
    return Q(page_id=page_id)


def about_address(url_path: str) -> Q:
    """Return the condition of entries about other pages that stood below this address, which is made from a title."""
    return (
        Q(data__before__startswith=url_path)
        | Q(data__after__startswith=url_path)
        | Q(data__url_path__startswith=url_path)
    )


def about_file(model: type[Model], pk: int) -> Q:
    """Return the condition of entries about a file."""
    return Q(data__model=model._meta.label, data__file=pk)


def about_configuration(model: type[Model], pks: Iterable[int]) -> Q:
    """Return the condition of entries about instances of a model of rights or configuration."""
    return Q(data__model=model._meta.label, data__object__in=[str(pk) for pk in pks])
