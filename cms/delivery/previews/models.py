"""Who may see which draft, until when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PreviewLink(models.Model):
    """A link to the draft of one page.

    What is shown is always the latest draft; the link itself is signed and not kept.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="preview_links")
    name = models.CharField(_("for whom"), max_length=100)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.page} → {self.name}"
