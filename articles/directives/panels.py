"""How a document of the register is laid out in the editor."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

from cms.pages.base import BasePage
from cms.pages.change_notes import change_panel
from cms.pages.form import submission_panel

CONTENT_PANELS = [
    change_panel(),
    MultiFieldPanel(
        [
            FieldRowPanel(["document_type", "reference_as_printed", "status"]),
            FieldPanel("subject"),
        ],
        heading=_("The document"),
    ),
    InlinePanel("directive_issuers", heading=_("Issuers"), label=_("Issuer")),
    MultiFieldPanel([FieldRowPanel(["issued_on", "effective_on"]), FieldPanel("expires_on")], heading=_("Dates")),
    InlinePanel(
        "signers",
        heading=_("Signers"),
        label=_("Signer"),
        panels=[FieldRowPanel(["signs_for", "position", "name"])],
    ),
    InlinePanel(
        "directive_files",
        heading=_("Files of the document"),
        label=_("File"),
        panels=[FieldPanel("document"), FieldPanel("kind")],
    ),
    FieldPanel("sector"),
    FieldPanel("body"),
    FieldPanel("availability_note"),
    InlinePanel(
        "outgoing_relations",
        heading=_("Related documents"),
        label=_("Relation"),
        panels=[
            FieldRowPanel(["kind", "extent"]),
            PageChooserPanel("target", "articles.DirectivePage"),
            FieldPanel("target_text"),
            FieldPanel("note"),
        ],
    ),
    InlinePanel(
        "validity_events",
        heading=_("History of validity"),
        label=_("Event"),
        panels=[FieldRowPanel(["kind", "date"]), FieldPanel("note")],
    ),
    submission_panel(),
]

PROMOTE_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("title", widget=forms.TextInput),
            FieldRowPanel(["number", "symbol", "family"]),
        ],
        heading=_("Made from the document; correct it where it is wrong"),
    ),
    *BasePage.promote_panels,
]
