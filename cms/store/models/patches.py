"""What pages show otherwise from some moment on, for forms that are brought up to date later."""

from django.db import models


class Patch(models.Model):
    """What one projection found to be shown otherwise: `shown` lists (endpoint, id, what was shown, what is shown).

    Items that are stale for nothing else name the patch up to which their form is right (`Item.patched_to`); the
    patches after it make it right. A patch that no item needs any more is deleted.
    """

    shown = models.JSONField()

    def __str__(self) -> str:
        return f"{self.pk}: {len(self.shown)}"
