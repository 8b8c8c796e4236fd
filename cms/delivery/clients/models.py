"""Keys of other apps. A key gives more requests, and no other right: the API is the same for everybody."""

import hashlib
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Return a key: 32 random bytes, with a beginning by which leaked ones are recognised."""
    return f"portal_{secrets.token_urlsafe(32)}"


def digest_of(key: str) -> str:
    """Return what is kept of a key. It is random and long, so it needs no salt and no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


class ApiKey(models.Model):
    """Another app and its key, of which only a digest is kept."""

    name = models.CharField(_("app"), max_length=100)
    contact = models.EmailField(_("contact"), blank=True)
    per_minute = models.PositiveIntegerField(_("requests per minute"), default=6000, help_text=_("0 is no limit."))
    is_active = models.BooleanField(_("on"), default=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
