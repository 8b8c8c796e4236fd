"""The portal's page types as a plain Wagtail project would write them."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page


class Category(models.Model):
    """What an article belongs to."""

    name = models.CharField(max_length=200)
    api_fields = [APIField("name")]


class Issuer(models.Model):
    """Who issued a document."""

    name = models.CharField(max_length=200)
    api_fields = [APIField("name")]


class Section(Page):
    """A section of the site."""


class ArticleTag(TaggedItemBase):
    """An article has a tag."""

    content_object = ParentalKey("stock.ArticlePage", related_name="tagged_items", on_delete=models.CASCADE)


class ArticlePage(Page):
    """A news article."""

    lead = models.TextField()
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    image = models.ForeignKey("wagtailimages.Image", null=True, on_delete=models.SET_NULL, related_name="+")
    published_on = models.DateField(db_index=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    body = StreamField(
        [
            ("heading", blocks.StructBlock([("text", blocks.CharBlock()), ("level", blocks.CharBlock())])),
            ("paragraph", blocks.RichTextBlock()),
            ("quote", blocks.StructBlock([("text", blocks.TextBlock()), ("attribution", blocks.CharBlock())])),
            (
                "image",
                blocks.StructBlock(
                    [
                        ("image", ImageChooserBlock()),
                        ("alt", blocks.CharBlock()),
                        ("caption", blocks.CharBlock()),
                        ("credit", blocks.CharBlock()),
                    ]
                ),
            ),
        ]
    )

    api_fields = [
        APIField("lead"),
        APIField("category"),
        APIField("image"),
        APIField("image_thumbnail", serializer=ImageRenditionField("width-800", source="image")),
        APIField("published_on"),
        APIField("tags"),
        APIField("body"),
        APIField("article_directives"),
        APIField("related_links"),
    ]


class ArticleDirective(Orderable):
    """An article is about a document."""

    page = ParentalKey(ArticlePage, related_name="article_directives", on_delete=models.CASCADE)
    directive = models.ForeignKey("stock.DirectivePage", on_delete=models.CASCADE, related_name="+")
    api_fields = [APIField("directive")]


class RelatedArticle(Orderable):
    """An article points at another."""

    page = ParentalKey(ArticlePage, related_name="related_links", on_delete=models.CASCADE)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    api_fields = [APIField("article")]


class DirectivePage(Page):
    """An official document."""

    reference = models.CharField(max_length=80)
    document_type = models.CharField(max_length=40)
    subject = models.TextField()
    issued_on = models.DateField(null=True, db_index=True)
    body = RichTextField()

    api_fields = [
        APIField("reference"),
        APIField("document_type"),
        APIField("subject"),
        APIField("issued_on"),
        APIField("directive_issuers"),
        APIField("outgoing_relations"),
        APIField("body"),
    ]


class DirectiveIssuer(Orderable):
    """Who issued a document."""

    page = ParentalKey(DirectivePage, related_name="directive_issuers", on_delete=models.CASCADE)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="+")
    api_fields = [APIField("issuer")]


class DirectiveRelation(Orderable):
    """One document's relation to another."""

    page = ParentalKey(DirectivePage, related_name="outgoing_relations", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12)
    target = models.ForeignKey(DirectivePage, on_delete=models.CASCADE, related_name="incoming_relations")
    api_fields = [APIField("kind"), APIField("target")]


class TaskPlanPage(Page):
    """The tasks of a period."""

    period = models.CharField(max_length=7)
    introduction = RichTextField()

    api_fields = [APIField("period"), APIField("introduction"), APIField("tasks")]


class PlanTask(Orderable):
    """One task."""

    page = ParentalKey(TaskPlanPage, related_name="tasks", on_delete=models.CASCADE)
    title = models.CharField(max_length=500)
    deadline_on = models.DateField(null=True)
    state = models.CharField(max_length=11)
    api_fields = [APIField("title"), APIField("deadline_on"), APIField("state")]
