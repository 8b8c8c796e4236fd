"""Pages that are taken down, for now or for good."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.publishing.proposals.models import Proposal


class TakedownKind(models.TextChoices):
    """What taking down means for readers. As on GOV.UK, a page may leave in more than one way."""

    HIDDEN = "hidden", _("Hidden for now")
    ERROR = "error", _("Published in error")
    CONSOLIDATED = "consolidated", _("Taken over by another page")
    WITHDRAWN = "withdrawn", _("Withdrawn, but readable")


# The kinds under which readers do not see the page itself.
OFF = (TakedownKind.HIDDEN, TakedownKind.ERROR, TakedownKind.CONSOLIDATED)


class Takedown(models.Model):
    """One page is taken down, from the hiding or the second person's agreement until it is restored.

    `proposal` says who began and who agreed. `hidden` waits for a second person while it is in effect.
    """

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="takedowns")
    # It goes with its proposal when two people delete or purge the page.
    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="takedown")
    kind = models.CharField(_("kind"), max_length=12, choices=TakedownKind.choices)
    reason = models.TextField(_("reason"), max_length=1000)
    target = models.ForeignKey(
        Page,
        verbose_name=_("page that takes its place"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # A scheduled revision that was stopped, to be scheduled again if the page is restored.
    stopped_revision_id = models.BigIntegerField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=models.Q(ended_at=None), name="one_takedown_in_effect"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.page}"

    @property
    def is_off(self) -> bool:
        """Whether readers do not see the page now."""
        return self.ended_at is None and self.kind in OFF
