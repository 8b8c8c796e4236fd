"""What readers are told of a change of a live page: an update and a correction with a note, a minor change without.

"Đính chính" is none of them: that is a formal act on a document, and only the relation of that name (Decree
30/2020/NĐ-CP).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import Page


class ChangeKind(models.TextChoices):
    """Kinds of changes of live content."""

    UPDATE = "update", _("Update")
    CORRECTION = "correction", _("Correction on the portal")
    MINOR = "minor", _("Minor change")


class ChangeNoteMixin(models.Model):
    """The kind and note of the change that a draft is, reviewed and published with it."""

    change_kind = models.CharField(_("kind of change"), max_length=10, choices=ChangeKind.choices, blank=True)
    change_note = models.CharField(
        _("note on the change"),
        max_length=300,
        blank=True,
        help_text=_("Readers see it with the date; a minor change has none"),
    )

    class Meta:
        abstract = True


def changes_something(page: Page) -> bool:
    """Return whether a draft of `page` changes what readers know: a first version does not."""
    return page.first_published_at is not None


class ChangePanel(MultiFieldPanel):
    """Shown for pages that were published before."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The panel of one page."""

        def is_shown(self) -> bool:
            return super().is_shown() and changes_something(self.instance)


def change_panel() -> Any:
    """Return the panel with kind and note."""
    return ChangePanel(["change_kind", "change_note"], heading=_("What this change is"))


def check_change(kind: str, note: Any) -> None:
    """Raise ValidationError, by field, where a change of a live page does not say what it is."""
    if not kind:
        raise ValidationError({"change_kind": _("Say what kind of change this is.")})
    if kind != ChangeKind.MINOR and not note.strip():
        raise ValidationError({"change_note": _("Tell readers what has changed.")})
    if kind == ChangeKind.MINOR and note.strip():
        raise ValidationError({"change_note": _("A minor change has no note. Choose another kind, or leave it empty.")})
