"""What can't be seen by what is left undone: that a process runs at all."""

from django.db import models


class Heartbeat(models.Model):
    """When a process was last seen at work."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
