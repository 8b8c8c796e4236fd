"""The sections of the site, and the texts of its settings that are pages of the public site."""

from articles.models import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage

SECTIONS = {"articles": ArticleIndexPage, "directives": DirectiveIndexPage, "plans": TaskPlanIndexPage}
# Rich text of the settings, each a page of the site.
TEXTS = ("contact", "information_access", "accessibility")
