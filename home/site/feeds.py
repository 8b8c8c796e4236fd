"""RSS 2.0 and Atom of news, of one category, and of documents, by Django's syndication framework over the API."""

import datetime
from copy import copy
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _

from cms.core.text import normalise

from . import content

ITEMS = 30
FORMATS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


class ContentFeed(Feed):
    """A feed of the newest pages of one type; subclasses say which, and how an item is written."""

    page_type = ""
    section = ""
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, format: Any, **kwargs: Any) -> Any:  # noqa: A002 - the name in the address
        # One instance answers all threads, so the format is that of a copy.
        feed = copy(self)
        feed.feed_type = FORMATS[format]
        return super(ContentFeed, feed).__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Return what the feed is made of: the site, the pages, and the category where there is one."""
        return {"site": content.get("site/"), **self.chosen(**kwargs)}

    def chosen(self) -> Any:
        """Return the pages of the feed."""
        return {"items": self.pages()}

    def pages(self, **filters: Any) -> Any:
        """Return the newest pages, by the day on which they came to the portal."""
        answer = content.get(
            "pages/", type=self.page_type, fields="*", order="-first_published_at", limit=ITEMS, **filters
        )
        return answer["items"]

    def title(self, obj: Any) -> Any:
        return f"{self.name(obj)} – {obj['site']['name']}"

    def name(self, obj: Any) -> str:
        """Return what the feed is called beside the name of the site."""
        raise NotImplementedError

    def link(self, obj: Any) -> Any:
        section = obj["site"]["sections"][self.section]
        return section["html_url"] if section else "/"

    def description(self, obj: Any) -> Any:
        return self.title(obj)

    subtitle = description

    def items(self, obj: Any) -> Any:
        return obj["items"]

    # Older content may hold what XML has no place for, from a paste.
    def item_title(self, item: Any) -> Any:
        return normalise(item["title"])

    def item_link(self, item: Any) -> Any:
        return item["meta"]["html_url"]

    # A page may move; its number stays.
    item_guid_is_permalink = False

    def item_guid(self, item: Any) -> Any:
        return item["meta"]["detail_url"]

    def item_pubdate(self, item: Any) -> Any:
        return time_of(item["meta"]["first_published_at"])

    def item_updateddate(self, item: Any) -> Any:
        return time_of(item["meta"]["last_published_at"])


class NewsFeed(ContentFeed):
    """The newest articles, of all categories or of one."""

    page_type = "articles.ArticlePage"
    section = "articles"

    def chosen(self, category: Any = None) -> Any:
        if category is None:
            return {"items": self.pages()}
        return {"category": content.get(f"categories/{category}/"), "items": self.pages(category=category)}

    def name(self, obj: Any) -> Any:
        return obj["category"]["name"] if "category" in obj else _("News")

    def link(self, obj: Any) -> Any:
        link = super().link(obj)
        return f"{link}?chuyen-muc={obj['category']['slug']}" if "category" in obj else link

    def item_description(self, item: Any) -> Any:
        return normalise(item["lead"])

    def item_categories(self, item: Any) -> Any:
        return [item["category"]["name"]] if item["category"] else []


class DocumentsFeed(ContentFeed):
    """The newest documents of the register."""

    page_type = "articles.DirectivePage"
    section = "directives"

    def name(self, obj: Any) -> Any:
        return _("Official documents")

    def item_description(self, item: Any) -> Any:
        return normalise(item["subject"])

    def item_categories(self, item: Any) -> Any:
        return [item["document_type"]["name"]] if item["document_type"] else []


def time_of(value: Any) -> Any:
    """Return a time of the API, or None."""
    return datetime.datetime.fromisoformat(value) if value else None


def feeds_of(categories: Any) -> list[dict]:
    """Return all feeds: `name`, and the addresses `rss` and `atom`."""
    feeds = [(_("News"), "site_news_feed", {}), (_("Official documents"), "site_documents_feed", {})]
    feeds += [(one["name"], "site_category_feed", {"category": one["slug"]}) for one in categories]
    return [
        {"name": name, **{form: reverse(view, kwargs={**kwargs, "format": form}) for form in FORMATS}}
        for name, view, kwargs in feeds
    ]
