"""What was touched, for those who keep answers: internal, and short-lived."""

from django.db import models


class Touched(models.Model):
    """Something that kept answers may depend on was touched in a generation of the change log; see
    `cms.store.dependencies` for the names.
    """

    generation = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.generation} {self.name}"
