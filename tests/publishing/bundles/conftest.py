"""A bundle of three pages that belong together."""

import pytest

from articles.models import ArticleDirective, PlanBasis
from tests.publishing.bundles.building import make_bundle


@pytest.fixture
def pages(office):
    """A document, its plan and the news about it, as drafts."""
    directive = office.draft(office.documents, office.directive("21-CT/TU", subject="Phòng chống lũ"))
    plan = office.plan("Kế hoạch phòng chống lũ", tasks=[{"title": "Trực ban"}])
    plan.basis_items = [PlanBasis(directive=directive)]
    plan = office.draft(office.plans, plan)
    news = office.article("Ban hành chỉ thị phòng chống lũ")
    news.article_directives = [ArticleDirective(directive=directive)]
    return [directive, plan, office.draft(office.news, news)]


@pytest.fixture
def bundle(office, pages):
    """Their bundle, open and not ready."""
    return make_bundle(office, pages)
