"""What one person proposes and another one confirms or refuses."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Trusted(models.Model):
    """An account that has, or once had, a right to review, approve or administer. Never taken away, so that neither
    closing accounts nor taking rights away makes an office in which nobody else could confirm.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trusted")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("account that has decided")
        verbose_name_plural = _("accounts that have decided")

    def __str__(self) -> str:
        return str(self.user)


class Proposal(models.Model):
    """A change of `kind` (`kinds.py`) to the object `object_id` of `model` (None: a new one), called `subject`.

    `changes` says what is asked for, by the name of the field: `[old, new]`, as the kind writes them. It is emptied of
    what is secret when the proposal is decided.
    """

    kind = models.CharField(max_length=20)
    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField(null=True)
    subject = models.CharField(_("object"), max_length=255)
    changes = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    answer = models.TextField(_("reason of the refusal"), max_length=1000, blank=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "model", "object_id"], condition=models.Q(decided_at=None), name="one_open_proposal"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a second person."""
        return self.decided_at is None
