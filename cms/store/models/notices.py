"""What stands at addresses at which something was taken down."""

from django.db import models


class Notice(models.Model):
    """What a look-up says of the address of a page that was taken down. Internal: in no snapshot, feed or count.

    `address_digest` is that of its address, since a purge leaves no address behind; `target_id` the page that takes its
    place, named as long as it is public.
    """

    page_id = models.BigIntegerField(db_index=True)
    address_digest = models.CharField(max_length=64, db_index=True)
    body = models.JSONField()
    target_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.page_id}"
