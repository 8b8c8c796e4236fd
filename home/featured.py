"""The featured articles of the day."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from rest_framework import serializers
from wagtail.models import Page, Site

from articles.news.models import ArticlePage
from cms.core.schemas import DATE, STRING, array, nullable, obj, ref
from cms.media.models import CustomImage
from cms.media.represent import image_form, preload_images
from cms.pages.public import public_among
from cms.store.models import RemovedItem, SortKey
from cms.store.projection.fields import snippet
from cms.store.projection.references import load_public_pages, page_reference, type_name

LIMIT = 5
# Of more pages than this it is not asked whether one is featured.
MANY = 500


class FeaturedField(serializers.Field):
    """Public articles that are featured today, newest first: page references with what a list shows of them."""

    api_schema = array(
        {
            "allOf": [
                ref("PageReference"),
                obj(
                    {
                        "lead": STRING,
                        "published_on": DATE,
                        "category": nullable(ref("Snippet")),
                        "image": nullable(ref("Image")),
                    }
                ),
            ]
        }
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> Any:
        day = self.context.get("as_of") or timezone.localdate()
        candidates = ArticlePage.objects.filter(featured_until__gte=day, live=True)
        public = public_among(candidates.values_list("pk", flat=True))
        articles = (
            ArticlePage.objects.filter(pk__in=public)
            .select_related("category")
            .prefetch_related(Prefetch("image", preload_images(CustomImage.objects.all())))
            .order_by("-published_on", "-pk")[:LIMIT]
        )
        pages = load_public_pages([article.pk for article in articles])
        return [
            {
                **page_reference(pages[article.pk]),
                "lead": article.lead,
                "published_on": article.published_on.isoformat(),
                "category": snippet(article.category),
                "image": image_form(article.image, article.image_alt, article.image_caption, article.image_credit),
            }
            for article in articles
        ]


def pages_that_list(page_ids: Iterable[int]) -> set[int]:
    """Return the home page, where one of these pages is featured today or was until now."""
    ids, today = list(page_ids)[:MANY], timezone.localdate()
    featured = SortKey.objects.filter(name="featured_until", value__gte=today.isoformat(), number__in=ids)
    # What was removed has no sort keys any more.
    removed = RemovedItem.objects.filter(type=type_name(ArticlePage), page_id__in=ids)
    before = featured.values_list("number").union(removed.values_list("page_id"))
    now = ArticlePage.objects.filter(pk__in=ids, featured_until__gte=today)
    if len(ids) < MANY and not before.exists() and not now.exists():
        return set()
    return set(Site.objects.values_list("root_page", flat=True))
