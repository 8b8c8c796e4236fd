"""Where changes are told to, and what was told."""

import base64
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.store.models import ChangeLogHead, ChangeLogKind

from .addresses import check_url

# Never shown again, and never in the record.
SECRETS = {"secret", "old_secret", "old_secret_until"}


def new_secret() -> str:
    """Return a secret as the Standard Webhooks specification writes it: 24 random bytes in base64 after `whsec_`."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


class Endpoint(models.Model):
    """An address of another app that is told of changes.

    `position` is the number of the last change that was turned into deliveries, so nothing is lost whatever process
    dies. `lease`, until `leased_until`, keeps two workers from one endpoint at a time. After `failures` calls in a row
    that found it down, nothing is tried until `paused_until`. `old_secret` signs too until `old_secret_until`, so that
    a secret can be changed without a gap.
    """

    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("address"), max_length=1000, help_text=_("https://…: each change is posted there"))
    kinds = models.JSONField(_("kinds of changes"), default=list, blank=True)
    types = models.JSONField(_("types"), default=list, blank=True)
    is_active = models.BooleanField(_("on"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Is told by mail when the endpoint does not answer"),
    )
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    old_secret = models.CharField(max_length=100, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    position = models.BigIntegerField(null=True, editable=False)
    lease = models.CharField(max_length=32, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    paused_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new endpoint is told of what happens from now on."""
        if self.position is None:
            self.position = ChangeLogHead.objects.values_list("seq", flat=True).filter(pk=1).first() or 0
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.url = check_url(self.url)
        unknown = [kind for kind in self.kinds if kind not in ChangeLogKind.values]
        if unknown:
            raise ValidationError({"kinds": _("There is no such kind.")})

    def wants(self, change: Any) -> bool:
        """Return whether this endpoint is told of `change`; no choice means everything."""
        return (not self.kinds or change.kind in self.kinds) and (not self.types or change.type in self.types)


def new_message_id() -> str:
    """Return a stable id of a message, which the receiver can recognise when it comes again."""
    return f"msg_{uuid.uuid4().hex}"


class Delivery(models.Model):
    """One change that is told to one endpoint, until it has arrived or is parked.

    `object` is what the change is about: deliveries about one object arrive in their order. A test has no `seq`. What
    is sent is made from the change when it is sent, so that nothing is sent of what was purged meanwhile.
    """

    class State(models.TextChoices):
        """How far it is."""

        PENDING = "pending", _("Waits")
        DELIVERED = "delivered", _("Arrived")
        PARKED = "parked", _("Parked")

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    seq = models.BigIntegerField(null=True)
    object = models.CharField(max_length=340)
    message_id = models.CharField(max_length=40, default=new_message_id, unique=True)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    created_at = models.DateTimeField(auto_now_add=True)
    first_tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["endpoint", "seq"], name="one_delivery_of_a_change")]
        indexes = [models.Index(fields=["endpoint", "state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.endpoint}"


class Attempt(models.Model):
    """One try: what the endpoint answered, or why it could not be asked."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.status or self.error)
