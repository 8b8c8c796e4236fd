"""The settings of the site: who answers for it, its emblem, its menus."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.core.links import check_link
from cms.pages.rich_text import FEATURES

# Files are public where a public page shows them, so these texts link to such a page.
TEXT_FEATURES = [feature for feature in FEATURES if feature != "document-link"]


@register_setting(icon="cog")
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """What every page of the site says of it (Decree 224/2026: the managing body and who answers for the content)."""

    name = models.CharField(_("name of the portal"), max_length=200, blank=True)
    tagline = models.CharField(_("line above the name"), max_length=200, blank=True)
    managing_body = models.CharField(_("managing body"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    person_responsible = models.CharField(_("person responsible for the content"), max_length=200, blank=True)
    emblem = models.ForeignKey(
        "media.CustomImage",
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    emblem_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    footer_text = RichTextField(_("text in the footer"), blank=True, features=["bold", "italic", "link"])

    contact = RichTextField(
        _("contact"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("Office hours, who answers for what; the address stands there already"),
    )
    information_access = RichTextField(
        _("access to information"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("How readers ask for information that is not on the portal (Law on Access to Information)"),
    )
    accessibility = RichTextField(
        _("accessibility statement"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What the portal does for people with disabilities, what it lacks, and whom to tell"),
    )

    panels = [
        MultiFieldPanel(["name", "tagline", "emblem", "emblem_alt"], heading=_("Header")),
        MultiFieldPanel(
            [
                "managing_body",
                "address",
                FieldRowPanel(["phone", "email"]),
                "person_responsible",
                "footer_text",
            ],
            heading=_("Footer"),
        ),
        MultiFieldPanel(["contact", "information_access", "accessibility"], heading=_("Pages about the portal")),
        InlinePanel("menu_items", heading=_("Menus"), label=_("Menu item")),
    ]

    class Meta:
        verbose_name = _("site settings")


class Menu(models.TextChoices):
    """Where a menu stands."""

    MAIN = "main", _("Main menu")
    FOOTER = "footer", _("Footer")


class MenuItem(Orderable):
    """One entry of a menu: a page, or an address."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_items")
    menu = models.CharField(_("menu"), max_length=6, choices=Menu.choices, default=Menu.MAIN)
    title = models.CharField(_("title"), max_length=60)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        help_text=_("Of this portal, such as /tim-kiem/, or of another site, such as https://example.org/"),
    )

    panels = [FieldRowPanel(["menu", "title"]), FieldPanel("page"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.url:
            try:
                check_link(self.url)
            except ValidationError as error:
                raise ValidationError({"url": error.messages}) from error
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": _("Choose a page or give an address: one of the two.")})


def emblem_ids() -> Any:
    """Return the ids of the images that are emblems."""
    return SiteSettings.objects.exclude(emblem=None).values_list("emblem", flat=True)
