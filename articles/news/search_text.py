"""What search finds of a news article."""

from django.utils.text import capfirst

from search.registry import SearchText

from .models import ArticlePage


def article_text(form: dict) -> SearchText:
    """Return the text of a news article; its lead stands in results."""
    tags = [tag["name"] for tag in form["tags"]]
    return SearchText(
        title=form["title"],
        kind=("article", str(capfirst(ArticlePage._meta.verbose_name))),
        summary=form["lead"],
        keywords=tags,
        body=[
            form["body"],
            form["byline"],
            form["source"],
            (form["category"] or {}).get("name", ""),
            [attachment["title"] for attachment in form["attachments"]],
        ],
        date=form["published_on"],
    )
