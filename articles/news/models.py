"""Tin bài: news articles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.core.text import sort_key, vietnamese_slug
from cms.pages.base import BasePage
from cms.pages.form import submission_panel

from ..blocks import BodyBlock
from . import projection as api


def today() -> Any:
    """Today in the zone of the office."""
    return timezone.localdate()


class Tag(TagBase):
    """A tag of news. taggit makes slugs with diacritics; addresses and filters are ASCII here."""

    sort_name = models.CharField(max_length=1000, editable=False, db_index=True)
    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort_name"]

    def slugify(self, tag: Any, i: Any = None) -> Any:
        slug = vietnamese_slug(tag) or "the"
        return slug if i is None else f"{slug}-{i}"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.sort_name = sort_key(self.name)[:1000]
        return super().save(*args, **kwargs)


class TaggedArticle(ItemBase):
    """An article has a tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_items")
    content_object = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of an article")


class ArticlePage(BasePage):
    """A news article."""

    lead = models.TextField(_("lead"), max_length=600, help_text=_("Two or three sentences; shown in lists"))
    byline = models.CharField(_("author or pen name"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    category = models.ForeignKey(
        "articles.Category",
        verbose_name=_("category"),
        null=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    tags = ClusterTaggableManager(
        verbose_name=_("tags"),
        through=TaggedArticle,
        blank=True,
        help_text=_("Parted by commas; a tag may have several words"),
    )
    image = models.ForeignKey(
        "media.CustomImage",
        verbose_name=_("lead image"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    image_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, for those who can't see it"),
    )
    image_caption = models.CharField(_("caption"), max_length=300, blank=True)
    image_credit = models.CharField(_("credit"), max_length=120, blank=True)
    published_on = models.DateField(_("publication date"), default=today, db_index=True)
    featured_until = models.DateField(
        _("featured until"),
        null=True,
        blank=True,
        help_text=_("Stands first on the home page up to this day"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types = []
    api_fields = api.FIELDS
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("category"),
        MultiFieldPanel([FieldRowPanel(["published_on", "featured_until"])], heading=_("Dates")),
        MultiFieldPanel([FieldRowPanel(["byline", "source"])], heading=_("Author and source")),
        MultiFieldPanel(
            ["image", "image_alt", FieldRowPanel(["image_caption", "image_credit"])], heading=_("Lead image")
        ),
        FieldPanel("body"),
        FieldPanel("tags"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        InlinePanel(
            "article_directives",
            heading=_("Official documents"),
            label=_("Official document"),
            panels=[PageChooserPanel("directive", "articles.DirectivePage")],
        ),
        InlinePanel(
            "related_links",
            heading=_("Related articles"),
            label=_("Article"),
            panels=[PageChooserPanel("article", "articles.ArticlePage")],
        ),
        submission_panel(),
    ]

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt.strip():
            raise ValidationError({"image_alt": _("Say what the image shows, for those who can't see it.")})


class ArticleAttachment(Orderable):
    """A file that goes with an article."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "media.CustomDocument", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )

    panels = ["document"]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment of an article")
        verbose_name_plural = _("attachments of an article")


class ArticleDirective(Orderable):
    """An article is about a document of the register."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_directives")
    directive = models.ForeignKey(
        "articles.DirectivePage", verbose_name=_("official document"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("document of an article")
        verbose_name_plural = _("documents of an article")


class RelatedArticle(Orderable):
    """An article points at another."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_links")
    article = models.ForeignKey(ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
