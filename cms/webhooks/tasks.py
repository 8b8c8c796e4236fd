"""The task of the queue, and what puts it there: right after changes are numbered, and every few seconds for what waits or was left by a worker that died."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from . import delivering
from .models import Attempt, Delivery, Endpoint

# Days for which finished tasks, and deliveries that arrived, are kept.
KEPT_TASKS = timedelta(days=1)
KEPT_DELIVERIES = timedelta(days=30)


@task(backend="queue")
def deliver(endpoint_id: int) -> None:
    """Tells one endpoint what there is to be told."""
    delivering.deliver(endpoint_id)


def something_was_numbered(sender, **kwargs):
    """Wakes the worker for each endpoint that is on. Runs after the commit."""
    for pk in Endpoint.objects.filter(is_active=True).values_list("pk", flat=True):
        wake_one(pk)


def wake() -> None:
    """The job of `cms.common.due`."""
    for endpoint in delivering.due_endpoints():
        wake_one(endpoint.pk)
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_TASKS).delete()
    old = Delivery.objects.filter(state=Delivery.State.DELIVERED, created_at__lt=now - KEPT_DELIVERIES)
    Attempt.objects.filter(delivery__in=old).delete()
    old.delete()


def wake_one(endpoint_id: int) -> None:
    """Puts the task into the queue, unless it waits there already."""
    waiting = DBTaskResult.objects.ready().filter(
        task_path=deliver.module_path, args_kwargs={"args": [endpoint_id], "kwargs": {}}
    )
    if not waiting.exists():
        deliver.enqueue(endpoint_id)
