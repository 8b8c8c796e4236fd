"""The home page and standard pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from articles.blocks import BodyBlock
from cms.pages.base import BasePage
from cms.pages.form import submission_panel
from cms.pages.rich_text import FEATURES
from cms.store.projection.fields import RichTextSerializer, StreamSerializer

from ..featured import FeaturedField

RESERVED_SLUGS = {
    "admin", "api", "static", "media", "documents", "healthz", "readyz", "metrics", "tim-kiem", "so-do", "en",
    "lien-he", "tiep-can-thong-tin", "kha-nang-tiep-can", "nguon-tin",
}  # fmt: skip


class HomePage(BasePage):
    """The one home page. What it shows is derived: featured and latest articles, documents, the current plan."""

    introduction = RichTextField(_("introduction"), blank=True, features=FEATURES)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "articles.ArticleIndexPage",
        "articles.DirectiveIndexPage",
        "articles.TaskPlanIndexPage",
        "home.StandardPage",
    ]
    max_count = 1
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), submission_panel()]
    api_fields = [
        APIField("introduction", serializer=RichTextSerializer()),
        APIField("featured", serializer=FeaturedField()),
    ]

    class Meta:
        verbose_name = _("home page")


class StandardPage(BasePage):
    """A page of its own: about the office, its functions, its leaders."""

    lead = models.TextField(_("lead"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body"), submission_panel()]
    api_fields = [APIField("lead"), APIField("body", serializer=StreamSerializer())]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def slug_is_free(self, slug: str, parent: Any) -> Any:
        return not self.is_reserved(slug, parent) and super().slug_is_free(slug, parent)

    @staticmethod
    def is_reserved(slug: str, parent: Any) -> bool:
        """Return whether the site or the admin answers itself at `slug` below `parent`."""
        return slug in RESERVED_SLUGS and parent is not None and parent.depth == 2

    def clean(self) -> None:
        """Refuse a slug under which the site or the admin answers itself."""
        super().clean()
        parent = self.get_parent() if self.path else self.slug_parent
        if self.is_reserved(self.slug, parent):
            raise ValidationError({"slug": _("The site itself answers at this address. Choose another slug.")})
