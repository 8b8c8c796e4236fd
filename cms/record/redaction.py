"""Taking the words of entries away when what they speak of was purged. The chain stays whole: see `cms.record.models.Entry`."""

from .models import Entry


def redact(entries, purge) -> None:
    """Takes subject, reason and data from `entries` (a queryset); `purge` is the entry that says why, and stays as it is."""
    entries.exclude(pk=purge.pk).update(subject="", reason="", data={}, salt="", redacted_by=purge)


def entries_of_page(page_id):
    """All entries about a page."""
    return Entry.objects.filter(page_id=page_id)


def entries_of_file(model, pk):
    """All entries about a file."""
    return Entry.objects.filter(data__model=model._meta.label, data__file=pk)


def entries_of_configuration(model, pks):
    """All entries about instances of a model of rights or configuration."""
    return Entry.objects.filter(data__model=model._meta.label, data__object__in=[str(pk) for pk in pks])
