"""What pages show otherwise from some moment on, for forms that are brought up to date later."""

from django.db import models


class Patch(models.Model):
    """What one projection found to be shown otherwise: `shown`, as JSON, lists (endpoint, id, what was shown, what is
    shown), as the program of `version` makes it. (PostgreSQL's JSON would put the names in another order than forms
    have.)

    Items that are stale for nothing else name the first patch that their form lacks (`Item.first_patch`): it and all
    after it make the form right. A patch that no item lacks any more is deleted.
    """

    shown = models.TextField()
    version = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.pk} of {self.version}"
