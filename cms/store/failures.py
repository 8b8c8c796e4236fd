"""What no form could be made of: it stays as it is stored, its events are kept for later and hold up no others, and
administrators hear of it.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.core.mail import mail_admins
from django.utils import timezone

from cms.core.batches import batches

from .models import ChangeLogKind, Event
from .projection.registry import Collection, collections

# How long an event is left alone, and at most after many failures.
_PAUSE, _LONGEST = timedelta(seconds=30), timedelta(hours=1)
# Failures that are counted.
_MOST = 1000


class Failures:
    """Pages, and entries of collections by the collection's name (None: all of it), of which no form could be made."""

    def __init__(self) -> None:
        self.pages: set[int] = set()
        # What happened to those of them that no event names, such as what stands below a section that came back.
        self.kinds: dict[int, str] = {}
        self.entries: dict[str, set[str] | None] = {}

    def concern(self, event: Event) -> bool:
        """Return whether an event names one of them."""
        if event.page_id is not None:
            return event.page_id in self.pages
        for name, ids in self.entries.items():
            collection = collections()[name]
            if event.model in {model._meta.label for model in collection.whole}:
                return True
            is_of_this = collection.model is not None and event.model == collection.model._meta.label
            if is_of_this and (ids is None or event.object_id is None or str(event.object_id) in ids):
                return True
        return False

    def set_aside(self, events: Iterable[Event]) -> None:
        """Keep those of `events` that name one of them, and an event of each that none names."""
        now, named = timezone.now(), set()
        for event in events:
            named.add(event.page_id)
            if self.concern(event):
                event.set_aside_until = now + pause_after(event.failures)
                event.failures = min(event.failures + 1, _MOST)
                event.save(update_fields=["failures", "set_aside_until"])
        wanted = {(pk, self.kinds.get(pk, ChangeLogKind.RELATED)) for pk in self.pages - named}
        for batch in batches({pk for pk, _kind in wanted}):
            # One that says the same waits already, for longer each time.
            wanted -= set(Event.objects.filter(page_id__in=batch).values_list("page_id", "kind"))
        new = [Event(kind=kind, page_id=pk) for pk, kind in sorted(wanted)]
        for name, ids in self.entries.items():
            new += _events_of(collections()[name], ids)
        for event in new:
            event.failures, event.set_aside_until = 1, now + _PAUSE
        Event.objects.bulk_create(new)

    def report(self) -> None:
        """Mail them to ADMINS."""
        failed = [f"page {pk}" for pk in sorted(self.pages)]
        for name, ids in sorted(self.entries.items()):
            failed += [f"{name} {pk}" for pk in sorted(ids)] if ids is not None else [f"all {name}"]
        if failed:
            mail_admins(
                "Forms that could not be made",
                f"Shown as before: {', '.join(failed)}. The log says why, and it is tried again.",
                fail_silently=True,
            )


def pause_after(failures: int) -> timedelta:
    """Return how long an event is left alone after so many failures."""
    return min(_PAUSE * 2 ** min(failures, 10), _LONGEST)


def _events_of(collection: Collection, ids: set[str] | None) -> list[Event]:
    """Return events of entries that no event names yet."""
    if collection.model is not None and ids is not None:
        label = collection.model._meta.label
        known = set(Event.objects.filter(model=label).values_list("object_id", flat=True))
        numbers = sorted({int(one) for one in ids} - known)
        return [Event(kind=ChangeLogKind.CHANGED, model=label, object_id=pk) for pk in numbers]
    # All of them are looked at after what alters all; where there is no such thing, with the daily comparison.
    labels = [model._meta.label for model in collection.whole[:1]]
    return [
        Event(kind=ChangeLogKind.CHANGED, model=label)
        for label in labels
        if not Event.objects.filter(model=label).exists()
    ]
