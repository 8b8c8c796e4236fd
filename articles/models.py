"""The page types and the register that they refer to."""

from .directives.models import (
    DirectiveFile,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    DirectiveSigner,
    ValidityEvent,
)
from .news.models import ArticleAttachment, ArticleDirective, ArticlePage, RelatedArticle, Tag, TaggedArticle
from .plans.models import PlanBasis, PlanTask, TaskPlanPage
from .register.models import Category, Issuer, Sector, Unit
from .sections.models import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage

__all__ = [
    "ArticleAttachment",
    "ArticleDirective",
    "ArticleIndexPage",
    "ArticlePage",
    "Category",
    "DirectiveFile",
    "DirectiveIndexPage",
    "DirectiveIssuer",
    "DirectivePage",
    "DirectiveRelation",
    "DirectiveSigner",
    "Issuer",
    "PlanBasis",
    "PlanTask",
    "RelatedArticle",
    "Sector",
    "Tag",
    "TaggedArticle",
    "TaskPlanIndexPage",
    "TaskPlanPage",
    "Unit",
    "ValidityEvent",
]
