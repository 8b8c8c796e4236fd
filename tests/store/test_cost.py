"""What a publication costs, in queries: the same on a site of any size."""

from django.db import connection

from articles.models import ArticleAttachment, ArticleDirective
from cms.store.projector import newest
from tests.factories import make_document, make_image

# PostgreSQL is asked for the lease, and gets it back.
MOST = 62 if connection.vendor == "postgresql" else 60


def an_article_with_everything(office, directive):
    page = office.article("Tin", image=make_image(), image_alt="Ảnh")
    page.body = [("paragraph", f'<p><a linktype="page" id="{directive.pk}">18</a></p>')]
    page.tags.add("chuyển đổi số")
    page.attachments = [ArticleAttachment(document=make_document("a.txt"))]
    page.article_directives = [ArticleDirective(directive=directive)]
    return page


def test_the_projection_of_one_page(office, django_assert_max_num_queries):
    directive = office.publish(office.documents, office.directive(issuers=["Tỉnh ủy"]))
    office.publish(office.news, office.article("Tin đầu"))
    newest()
    office.publish(office.news, office.article("Tin hai"))
    with django_assert_max_num_queries(MOST):
        newest()
    # With a tag, files, and a document that is altered by being referred to.
    office.publish(office.news, an_article_with_everything(office, directive))
    with django_assert_max_num_queries(115):
        newest()
    office.publish(office.documents, office.directive("19-CT/TU", issuers=["Tỉnh ủy"]))
    with django_assert_max_num_queries(MOST):
        newest()
