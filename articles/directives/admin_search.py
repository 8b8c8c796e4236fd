"""Finding documents in the admin by their reference, in whatever spelling: explorer, search and choosers.

Wagtail's search compares words; `18 - CT/TU`, `18ct/tu` and `chỉ thị 18` have none in common with `18-CT/TU`. So each
document has one word for its number with its symbol and one for its number with its type, and a query that names a
reference is asked as that word.
"""

import re
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Model
from django.db.models.functions import Length
from modelsearch.backends import database
from modelsearch.utils import get_content_type_pk
from wagtail.models import Page

from cms.core.text import fold

from .query_reading import document_facts, read


def _word(number, what):
    return f"vb{number}x{re.sub(r'[^a-z0-9]', '', fold(what))}"


def reference_words(page: Page) -> str:
    """Return the words by which a document is found."""
    facts = document_facts(page.document_type, page.number, page.symbol, None)
    if not facts.number:
        return ""
    return f"{_word(facts.number, page.symbol)} {_word(facts.number, page.document_type)}"


def word_meant(query: str) -> str:
    """Return the word for the reference that `query` names; "" where it names none."""
    meant, _rest = read(query)
    if meant is None or not meant.number:
        return ""
    if meant.symbol:
        return _word(meant.number, meant.symbol)
    return _word(meant.number, next(iter(meant.types))) if len(meant.types) == 1 else ""


def SearchBackend(params: Any) -> Any:  # noqa: N802 - Wagtail asks for it by this name
    """Return the database's own search, which is asked for references as they are indexed; what names none of ours is
    asked as it was typed.
    """
    backend = database.SearchBackend(params)
    ask = backend._search

    def with_references(compiler, query, model_or_queryset, **options: Any):
        if connection.vendor == "sqlite":
            # The rank of each match is a search of its own there: a common word took minutes at 100,000 pages.
            options["order_by_relevance"] = False
        model = getattr(model_or_queryset, "model", model_or_queryset)
        word = word_meant(query) if isinstance(query, str) and _holds_documents(model) else ""
        if word:
            found = ask(compiler, word, model_or_queryset, **options)
            if found.count():
                return found
        return ask(compiler, query, model_or_queryset, **options)

    backend._search = with_references
    backend.index_class = with_own_titles_only(backend.index_class)
    return backend


# Of the titles of an office's pages on average: words where the index keeps words, else characters.
_TITLE = 10.0 if connection.vendor == "postgresql" else 50.0


@cache
def with_own_titles_only(index_class: type) -> type:
    """Return the index as it is, but that a save looks at the titles of what it saves.

    modelsearch (seen in 1.3) weighs a title by the average length of all titles, and works that out whenever one
    object is saved: at 100,000 pages a quarter of a second, inside the transaction. `update_index` still does.
    """

    class Index(index_class):
        def add_items(self, model: type[Model], objs: list[Model]) -> None:
            super().add_items(model, objs)
            added = self.entries.filter(
                content_type_id=get_content_type_pk(model), object_id__in=[str(one.pk) for one in objs]
            )
            length = Length("title")
            added.annotate(length=length).filter(length__gt=0).update(title_norm=_TITLE / F("length"))

        def _refresh_title_norms(self, full: bool = False) -> None:
            if full:
                super()._refresh_title_norms(full=True)

    return Index


def _holds_documents(model: type[Model]):
    return issubclass(apps.get_model("articles.DirectivePage"), model)
