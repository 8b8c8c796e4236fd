"""The page types and the register that they refer to."""

from .directives import (
    DirectiveFile,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    DirectiveSigner,
    ValidityEvent,
)
from .indexes import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage
from .news import ArticleAttachment, ArticleDirective, ArticlePage, RelatedArticle, Tag, TaggedArticle
from .task_plans import PlanBasis, PlanTask, TaskPlanPage
from .taxonomy import Category, Issuer, Sector, Unit

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
