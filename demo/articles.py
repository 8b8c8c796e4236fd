"""The articles of the demo: shorter news, one with every block, and the report on the first half of 2021."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from articles.models import (
    ArticleAttachment,
    ArticleDirective,
    ArticleIndexPage,
    ArticlePage,
    Category,
    RelatedArticle,
)
from cms.accounts.roles import EDITOR
from cms.media.models import CustomDocument, CustomImage

from .content import news
from .pictures import landscape_file


class ArticleBuilder:
    """Builds what `content.news` says.

    `directives` are the documents by their keys, `second_half` the plan to which the report leads.
    """

    def __init__(self, desk: Any, say: Any, directives: Any, second_half: Any) -> None:
        self.desk = desk
        self.say = say
        self.directives = directives
        self.second_half = second_half

    def build(self) -> None:
        """Make the shorter news, the article with every block, and the report, which refers to some of them."""
        section = ArticleIndexPage.objects.get()
        shorter = []
        for number, item in enumerate(news.SHORT):
            page = self.short_article(item, number)
            shorter.append(self.desk.publish(section, page))
            self.say(f"article {number + 1} of {len(news.SHORT) + 2}")
        self.desk.publish(section, self.tour())
        self.desk.publish(section, self.report(shorter[:3]))
        self.say("the report on the first half of 2021")

    def short_article(self, item: Any, number: int) -> Any:
        """One of the shorter pieces; every other one has a picture."""
        title, lead, paragraphs, category, published_on, tags = item
        page = ArticlePage(
            title=title,
            lead=lead,
            category=Category.objects.get(name=category),
            published_on=published_on,
            source="Bài minh họa",
            body=[("paragraph", f"<p>{text}</p>") for text in [*paragraphs, f"<i>{news.ILLUSTRATION}</i>"]],
        )
        if number % 2 == 0:
            page.image = self.image(number, "Đồi núi")
            page.image_alt = "Hình vẽ những lớp đồi nối nhau"
            page.image_credit = "Hình vẽ minh họa"
        page.tags.add(*tags)
        return page

    def tour(self) -> Any:
        """Return the article that has every block."""
        item: dict[str, Any] = news.TOUR
        pictures = [
            {"image": self.image(seed, title), "alt": alt, "caption": title, "credit": "Hình vẽ minh họa"}
            for seed, title, alt in item["pictures"]
        ]
        document = self.directives["09-QĐ/BTGDVTU"]
        file = document.directive_files.get().document
        page = ArticlePage(
            title=item["title"],
            lead=item["lead"],
            category=Category.objects.get(name=item["category"]),
            published_on=timezone.localdate(),
            source="Bài minh họa",
            body=[
                ("paragraph", f"<p><i>{item['illustration']}</i></p>"),
                ("heading", {"text": "Một bài có gì", "level": "2"}),
                ("paragraph", item["about"]),
                ("image", pictures[0]),
                ("quote", item["quote"]),
                ("heading", {"text": "Số liệu", "level": "3"}),
                ("key_figures", item["figures"]),
                ("table", item["table"]),
                ("heading", {"text": "Ảnh và tệp", "level": "2"}),
                ("gallery", {"title": "Bộ ảnh", "images": pictures}),
                ("document", file),
                ("link_card", {**item["card"], "image": pictures[1]["image"], "alt": pictures[1]["alt"]}),
            ],
        )
        page.tags.add(*item["tags"])
        page.article_directives = [ArticleDirective(directive=document)]
        return page

    def report(self, related: Any) -> Any:
        """Return the legacy page's facts: figures, table, the documents, the table as a file."""
        item = news.REPORT
        title, alt = item["image"]
        page = ArticlePage(
            **{name: item[name] for name in ("title", "lead", "published_on", "byline", "source")},
            category=Category.objects.get(name=item["category"]),
            featured_until=timezone.localdate() + timedelta(days=30),
            image=self.image(2021, title),
            image_alt=alt,
            image_caption="Mùa mới trên ruộng bậc thang",
            image_credit="Hình vẽ minh họa",
            body=self.report_body(),
        )
        page.tags.add(*item["tags"])
        page.article_directives = [ArticleDirective(directive=self.directives[key]) for key in item["directives"]]
        page.related_links = [RelatedArticle(article=other) for other in related]
        page.attachments = [ArticleAttachment(document=self.figures_file())]
        return page

    def report_body(self) -> Any:
        """Return the report's blocks. The old page's sum is kept as it stands there, and the difference is named."""
        main = self.directives["18-CT/TU"]
        return [
            ("heading", {"text": "Gặp dân, nghe dân", "level": "2"}),
            (
                "key_figures",
                {
                    "title": "Tiếp xúc, đối thoại, tính đến tháng 6/2021",
                    "figures": [
                        {"value": "176", "label": "cuộc tiếp xúc, đối thoại", "note": "theo báo cáo chung"},
                        {"value": "10.948", "label": "người tham gia", "note": ""},
                        {
                            "value": "9 + 9",
                            "label": "hội nghị tuyên truyền",
                            "note": "về chính sách, và trước bầu cử tại 5 huyện, thị xã; mỗi loại chừng 1.300 lượt "
                            "người",
                        },
                        {"value": "02", "label": "cuốn tài liệu cho cơ sở", "note": ""},
                    ],
                },
            ),
            (
                "table",
                {
                    "caption": "Số cuộc và số người theo cấp tổ chức",
                    "columns": [
                        {"type": "text", "heading": "Cấp"},
                        {"type": "numeric", "heading": "Số cuộc"},
                        {"type": "numeric", "heading": "Số người"},
                    ],
                    "rows": [{"values": list(row)} for row in news.CONTACTS_TABLE],
                },
            ),
            (
                "paragraph",
                "<p>Số cuộc của ba cấp cộng lại là 186, còn báo cáo chung ghi 176; cổng giữ nguyên cả hai con số"
                " như nguồn đã công bố.</p>",
            ),
            ("heading", {"text": "Mười ba văn bản", "level": "2"}),
            (
                "paragraph",
                f'<p>Báo cáo nhắc đến mười ba văn bản, trong đó có <a linktype="page" id="{main.pk}">{main.title}</a> '
                f"về dân vận"
                " trong cơ quan hành chính. Có văn bản tiếp tục được triển khai, có văn bản được sơ kết hoặc tổng kết "
                "trong kỳ; danh sách"
                " ở mục “Văn bản được nhắc đến”.</p>",
            ),
            ("heading", {"text": "Việc còn hạn chế", "level": "2"}),
            (
                "paragraph",
                "<p>Ở một số nơi, việc nắm tình hình và báo cáo còn chậm; khối dân vận cơ sở chưa đều tay, phối hợp "
                "giữa các đoàn"
                " thể có mặt còn yếu.</p>",
            ),
            ("heading", {"text": "Sáu tháng cuối năm", "level": "2"}),
            (
                "paragraph",
                "<p>Năm nhóm nhiệm vụ được công bố thành kế hoạch riêng để ai cũng theo dõi được:"
                f' <a linktype="page" id="{self.second_half.pk}">{self.second_half.title}</a>.</p>',
            ),
        ]

    def figures_file(self) -> Any:
        """Return the table of the report as a file to download."""
        lines = ["Cấp;Số cuộc;Số người", *(";".join(map(str, row)) for row in news.CONTACTS_TABLE)]
        content = "\ufeff" + "\r\n".join(lines) + "\r\n"
        document = CustomDocument(
            title="Số liệu tiếp xúc, đối thoại 6 tháng đầu năm 2021",
            uploaded_by_user=self.desk.users[EDITOR],
        )
        document.file.save("so-lieu-doi-thoai-2021.csv", ContentFile(content.encode()), save=False)
        document.save()
        return document

    def image(self, seed: Any, title: Any) -> Any:
        """Return a picture drawn by code."""
        return CustomImage.objects.create(
            title=title,
            file=landscape_file(seed, f"phong-canh-{seed}"),
            uploaded_by_user=self.desk.users[EDITOR],
        )
