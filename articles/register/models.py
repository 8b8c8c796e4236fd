"""The register that pages refer to: categories, issuers, units, sectors."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from cms.core.text import fold, normalise, sort_key, vietnamese_slug


class Term(index.Indexed, models.Model):
    """A named thing with a slug (its address in filters) and an office code."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_("Part of addresses and filters. Left empty, it is made from the name."),
    )
    code = models.CharField(_("code"), max_length=30, blank=True)
    sort_name = models.CharField(max_length=1000, editable=False, db_index=True)

    panels = [FieldPanel("name"), FieldRowPanel(["code", "slug"])]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("folded_name"),
        index.AutocompleteField("code"),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name

    @property
    def folded_name(self) -> Any:
        """For the admin's search boxes: `tinh uy` finds `Tỉnh ủy`."""
        return fold(self.name)

    def clean(self) -> None:
        super().clean()
        typed = bool(self.slug)
        self.fill_in()
        if type(self).objects.exclude(pk=self.pk).filter(slug=self.slug).exists():
            if typed:
                raise ValidationError({"slug": _("Another entry has this slug.")})
            raise ValidationError({"name": _("There is an entry of this name already: choose it from the list.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_in()
        super().save(*args, **kwargs)

    def fill_in(self) -> None:
        """Normalise the name and derive the slug and the key to sort by."""
        self.name = normalise(self.name).strip()
        self.code = normalise(self.code).strip()
        self.slug = self.slug or vietnamese_slug(self.name)[:120]
        self.sort_name = sort_key(self.name)[:1000]


class Category(Term):
    """Chuyên mục: what a news article belongs to."""

    class Meta(Term.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Sector(Term):
    """Lĩnh vực: what a document is about."""

    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Unit(Term):
    """Đơn vị: who leads or supports a task."""

    class Meta(Term.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")


class Level(models.TextChoices):
    """The level of government or Party at which an issuer stands."""

    CENTRAL = "central", _("Central")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")


class Issuer(Term):
    """Cơ quan ban hành. It exists from and until a day and may have predecessors: offices merge and end."""

    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.PROVINCE)
    exists_from = models.DateField(_("exists from"), null=True, blank=True)
    exists_until = models.DateField(_("exists until"), null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", verbose_name=_("predecessors"), symmetrical=False, blank=True, related_name="successors"
    )
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One a line: former names, abbreviations, other spellings")
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel(["code", "slug", "level"]),
        FieldRowPanel(["exists_from", "exists_until"]),
        FieldPanel("predecessors"),
        FieldPanel("other_names"),
    ]

    class Meta(Term.Meta):
        verbose_name = _("issuer")
        verbose_name_plural = _("issuers")

    def clean(self) -> None:
        super().clean()
        if self.exists_from and self.exists_until and self.exists_until < self.exists_from:
            raise ValidationError({"exists_until": _("It can't end before it begins.")})

    def other_name_list(self) -> list[str]:
        """Return the other names, one an item."""
        return [line.strip() for line in normalise(self.other_names).splitlines() if line.strip()]
