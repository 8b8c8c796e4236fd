"""Văn bản: directives and other numbered official documents."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.core.dates import format_date
from cms.core.text import fold
from cms.pages.base import BasePage
from cms.pages.rich_text import FEATURES
from cms.store.projection.beside import Beside

from . import admin_search, document_types
from . import projection as api
from .choices import EFFECTS, Extent, FileKind, RelationKind, Status
from .document_types import Family
from .form import DirectivePageForm
from .panels import CONTENT_PANELS, PROMOTE_PANELS
from .reference_numbers import normal_reference, parse_reference, reference_key
from .validity import DatedEvent, EventKind, Facts, begins_on

# Digits and perhaps a letter; or a year after a slash, as state documents have it (Decree 30/2020/NĐ-CP).
NUMBER = r"^[0-9]{1,5}(\.[0-9]{1,3})?[a-zđ]?(/(19|20)[0-9]{2})?$"


class DirectivePage(BasePage):
    """An official document of the register.

    The editor types what is printed; number, symbol, family, title and slug follow and can be corrected.
    Lengths are those of Decree 30/2020, Annex VI. Date, number and issuer may be unknown.
    """

    reference_as_printed = models.CharField(
        _("number and symbol, as printed"),
        max_length=80,
        blank=True,
        help_text=_("For example 18-CT/TU or 30/2020/NĐ-CP. Left empty where it is unknown."),
    )
    document_type = models.CharField(_("document type"), max_length=40, choices=document_types.CHOICES)
    subject = models.TextField(_("summary"), max_length=500, help_text=_("What it is about: the “về việc …”"))
    number = models.CharField(
        _("number"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(NUMBER, _("A number, and a year where the number has one: 09, 30/2020."))],
    )
    symbol = models.CharField(_("symbol"), max_length=30, blank=True)
    family = models.CharField(_("family"), max_length=5, choices=Family.choices, blank=True)
    status = models.CharField(_("status"), max_length=6, choices=Status.choices, default=Status.ISSUED)
    issued_on = models.DateField(_("issue date"), null=True, blank=True, db_index=True)
    effective_on = models.DateField(_("effective date"), null=True, blank=True)
    expires_on = models.DateField(
        _("expiry date"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("The first day on which it no longer holds"),
    )
    sector = models.ForeignKey(
        "articles.Sector",
        verbose_name=_("sector"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="directives",
    )
    body = RichTextField(_("full text"), blank=True, features=[*FEATURES, "h3", "h4"])
    availability_note = models.CharField(
        _("why the file or the full text is missing"),
        max_length=300,
        blank=True,
        help_text=_("For example: only on paper, at the archive of the office. Shown where one of the two is missing."),
    )
    reference = models.CharField(max_length=60, editable=False, blank=True)
    reference_key = models.CharField(max_length=80, editable=False, blank=True, db_index=True)

    base_form_class = DirectivePageForm
    content_panels = CONTENT_PANELS
    promote_panels = PROMOTE_PANELS
    parent_page_types = ["articles.DirectiveIndexPage"]
    subpage_types = []
    api_fields = api.FIELDS
    # What a page reference to a directive has beside its title.
    api_reference_fields = ("reference", "subject")
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("subject"),
        index.AutocompleteField("subject"),
        index.AutocompleteField("folded_subject"),
        index.SearchField("reference"),
        index.AutocompleteField("reference"),
        index.SearchField("reference_words"),
        index.AutocompleteField("reference_words"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("document of the register")
        verbose_name_plural = _("documents of the register")

    @property
    def folded_subject(self) -> Any:
        """The subject without diacritics, for the choosers of the admin."""
        return fold(self.subject)

    @property
    def reference_words(self) -> Any:
        """The words by which the admin finds the document, in whatever spelling its reference is typed."""
        return admin_search.reference_words(self)

    @classmethod
    def preload_for_api(cls, pages: Iterable[Page], fields: Any, beside: Beside) -> None:
        """Load for all `pages` at once what the `fields` of their forms take from other pages."""
        api.preload(pages, fields, beside)

    def fill_in(self) -> None:
        self.derive()
        super().fill_in()

    def derive(self) -> None:
        """Fill what follows from the printed reference, where the editor has not said otherwise."""
        parsed = parse_reference(self.reference_as_printed)
        if parsed:
            self.number = self.number or parsed.number
            self.symbol = self.symbol or parsed.symbol
            self.family = self.family or parsed.family
        self.reference = normal_reference(self.number, self.symbol)
        self.reference_key = reference_key(self.reference) if self.reference else ""
        self.title = self.title or self.generated_title()

    def generated_title(self) -> str:
        """`Chỉ thị 18-CT/TU ngày 15/9/2016`: subjects are too long for a title.

        A draft may have no type yet; it is called `Văn bản` until then, since every page needs a title.
        """
        name = document_types.NAMES.get(self.document_type, "Văn bản")
        # Titles are content: the same, whatever language the editor's interface has.
        parts = ["Dự thảo", name] if self.status == Status.DRAFT else [name]
        reference = self.reference or self.reference_as_printed
        parts.append(reference)
        if self.issued_on:
            parts.append(f"ngày {format_date(self.issued_on)}")
        elif not reference:
            # A subject may begin with the type: "Quy định về …".
            subject = self.subject[:80]
            parts.append(subject[len(name) :].lstrip() if subject.lower().startswith(f"{name.lower()} ") else subject)
        return " ".join(part for part in parts if part)

    def slug_source(self) -> Any:
        """Type, reference and year; a document without a reference takes words of its subject."""
        reference = self.reference or self.reference_as_printed
        year = self.issued_on.year if self.issued_on else ""
        named = reference.replace("/", "-") if reference else self.subject[:60]
        return f"{self.document_type or 'van-ban'} {named} {year}"

    @property
    def begins_on(self) -> Any:
        """The day from which the document holds, as far as it is known."""
        return begins_on(self.family, self.issued_on, self.effective_on)

    def validity_facts(self, incoming: Any = ()) -> Facts:
        """Return what is known of this document's validity; `incoming` are the relations of public documents to it."""
        return Facts(
            is_draft=self.status == Status.DRAFT,
            begins_on=self.begins_on,
            expires_on=self.expires_on,
            events=[DatedEvent(event.kind, event.date) for event in self.validity_events.all()]
            + [event for relation in incoming if (event := relation.effect())],
        )


class DirectiveIssuer(Orderable):
    """Who issued a document; joint documents have several issuers, in order."""

    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="directive_issuers")
    issuer = models.ForeignKey(
        "articles.Issuer", verbose_name=_("issuer"), on_delete=models.PROTECT, related_name="issued"
    )

    panels = ["issuer"]

    class Meta(Orderable.Meta):
        verbose_name = _("issuer of a document")
        verbose_name_plural = _("issuers of a document")


class DirectiveSigner(Orderable):
    """Who signed a document, with the prefix and position that stand above the name."""

    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="signers")
    # Not `prefix`: Wagtail's inline panels look that name up in the form, for the prefix of its inputs.
    signs_for = models.CharField(_("prefix"), max_length=10, blank=True, help_text=_("T/M, K/T, TM., KT., …"))
    position = models.CharField(_("position"), max_length=100, blank=True)
    name = models.CharField(_("full name"), max_length=50)

    class Meta(Orderable.Meta):
        verbose_name = _("signer of a document")
        verbose_name_plural = _("signers of a document")


class DirectiveFile(Orderable):
    """A file of a document."""

    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="directive_files")
    document = models.ForeignKey(
        "media.CustomDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=FileKind.choices, default=FileKind.SCAN)

    class Meta(Orderable.Meta):
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of a document")


class ValidityEvent(Orderable):
    """Something that happened to a document's validity."""

    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="validity_events")
    kind = models.CharField(_("event"), max_length=16, choices=EventKind.choices)
    date = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("event of validity")
        verbose_name_plural = _("events of validity")


class DirectiveRelation(Orderable):
    """One document's relation to another, which may not be in the register."""

    page = ParentalKey(DirectivePage, on_delete=models.CASCADE, related_name="outgoing_relations")
    kind = models.CharField(_("relation"), max_length=12, choices=RelationKind.choices)
    target = models.ForeignKey(
        DirectivePage,
        verbose_name=_("document of the register"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="incoming_relations",
    )
    target_text = models.CharField(_("document that is not in the register"), max_length=500, blank=True)
    extent = models.CharField(_("extent"), max_length=7, choices=Extent.choices, default=Extent.FULL)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("related document")
        verbose_name_plural = _("related documents")

    def clean(self) -> None:
        super().clean()
        if bool(self.target_id) == bool(self.target_text.strip()):
            raise ValidationError(
                {"target": _("Choose a document of the register, or describe one that is not in it: one of the two.")}
            )

    def effect(self) -> DatedEvent | None:
        """Return what this relation does to the validity of its target, from the day on which its own document
        holds.
        """
        kind = EFFECTS.get((self.kind, self.extent))
        if kind is None or self.page.status == Status.DRAFT:
            return None
        return DatedEvent(kind, self.page.begins_on)
