"""The people who work in the admin."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of the office. Vietnamese names are one field: family name first, and never split."""

    first_name = None
    last_name = None
    full_name = models.CharField(_("full name"), max_length=50, blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    unit = models.CharField(_("unit"), max_length=200, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            # Closed accounts included: nobody comes back as somebody else.
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_account_for_an_address"),
        ]

    def get_full_name(self) -> Any:
        return self.full_name.strip() or self.username

    def get_short_name(self) -> Any:
        return self.get_full_name()


class LoginLimit(models.Model):
    """How often logging in has failed for an account, an address or the pair of both (`login/limits.py`)."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    allowed_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
