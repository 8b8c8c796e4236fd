"""A site with one page of every type, and the two transports."""

import contextlib
import http.server
import threading
import time

import pytest
from django.db import connections

from articles.models import ArticleAttachment, ArticleDirective, DirectiveFile, DirectiveRelation, DirectiveSigner, Unit
from home.models import StandardPage
from tests.factories import Office, make_document, make_image
from tests.media.made import pdf


def build_pages(office):
    """One page of every type, with everything filled in. Gives their paths."""
    other = office.publish(office.documents, office.directive("17 - ĐA/TU", "de-an"))
    directive = office.directive("18-CT/TU", issuers=["Tỉnh ủy"], body="<p>Toàn văn.</p>")
    directive.signers = [DirectiveSigner(name="Nguyễn Văn A", position="Phó Bí thư", signs_for="T/M")]
    directive.directive_files = [DirectiveFile(document=make_document("ban-quet.pdf", pdf("CHỈ THỊ")), kind="scan")]
    directive.outgoing_relations = [
        DirectiveRelation(kind="refers", target=other),
        DirectiveRelation(kind="basis", target_text="Điều lệ Đảng"),
    ]
    directive = office.publish(office.documents, directive)
    article = office.article(
        "Tin đủ khối", image=make_image(), image_alt="Ảnh", image_caption="Chú thích", byline="Tác giả"
    )
    image = {"image": make_image("khac"), "alt": "Ảnh khác", "caption": "", "credit": "Nguồn"}
    article.body = [
        ("heading", {"text": "Mục", "level": "2"}),
        ("paragraph", f'<p>Đoạn <a linktype="page" id="{directive.pk}">18</a></p>'),
        ("image", image),
        ("gallery", {"title": "Bộ ảnh", "images": [image, image]}),
        ("quote", {"text": "Lời", "attribution": "Ai đó"}),
        (
            "table",
            {
                "caption": "Bảng",
                "columns": [{"type": "text", "heading": "Cấp"}, {"type": "numeric", "heading": "Số"}],
                "rows": [{"values": ["Tỉnh", 10948]}],
            },
        ),
        ("document", make_document("kem.txt")),
        ("key_figures", {"title": "Số", "figures": [{"value": "176", "label": "cuộc", "note": ""}]}),
        (
            "link_card",
            {"url": "https://example.org/", "title": "Nơi khác", "description": "", "image": None, "alt": ""},
        ),
    ]
    article.tags.add("chuyển đổi số")
    article.attachments = [ArticleAttachment(document=make_document("dinh-kem.txt"))]
    article.article_directives = [ArticleDirective(directive=directive)]
    article = office.publish(office.news, article)
    unit = Unit.objects.create(name="Văn phòng Ban")
    plan = office.publish(office.plans, office.plan(tasks=[{"title": "Việc một", "lead_unit": unit, "progress": 40}]))
    standard = office.publish(office.home, StandardPage(title="Giới thiệu", lead="Về Ban."))
    return {
        "home": "/",
        "news": "/tin-bai/",
        "documents": "/van-ban/",
        "plans": "/ke-hoach/",
        "article": f"/tin-bai/{article.slug}/",
        "directive": f"/van-ban/{directive.slug}/",
        "plan": f"/ke-hoach/{plan.slug}/",
        "standard": f"/{standard.slug}/",
        "search": "/tim-kiem/?q=18-CT/TU",
        "sitemap": "/so-do/",
        "sitemap.xml": "/sitemap.xml",
        "sitemap-1.xml": "/sitemap-1.xml",
    }


@pytest.fixture
def paths(db):
    return build_pages(Office())


@pytest.fixture
def blocked_database(monkeypatch):
    """Refuses every query of this thread."""

    def refuse(*args, **kwargs):
        raise AssertionError("the public site asked the database")

    def block():
        for connection in connections.all():
            monkeypatch.setattr(connection, "cursor", refuse)

    return block


@pytest.fixture
def answering():
    """`answering(status, body, pause=0)` gives the address of a server that answers so, pausing after each byte;
    `answering.asked` has the headers of what was asked.
    """
    servers, asked = [], []

    def start(status, body, pause=0):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # noqa: N802 - the name that http.server calls
                asked.append(dict(self.headers))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):  # the client has given up
                    for byte in body.encode():
                        self.wfile.write(bytes([byte]))
                        time.sleep(pause)

            def log_message(self, *args):
                """Says nothing."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    start.asked = asked
    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
