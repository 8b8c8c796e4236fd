"""Builds the demo's pages from `demo.content` and sends them through the workflow."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from articles.models import (
    ArticleAttachment,
    ArticleDirective,
    ArticleIndexPage,
    ArticlePage,
    Category,
    DirectiveFile,
    DirectiveIndexPage,
    DirectiveIssuer,
    DirectivePage,
    DirectiveRelation,
    DirectiveSigner,
    Issuer,
    PlanBasis,
    PlanTask,
    RelatedArticle,
    Sector,
    TaskPlanIndexPage,
    TaskPlanPage,
    Unit,
    ValidityEvent,
)
from cms.accounts.roles import EDITOR, REVIEWER
from cms.common.public import default_site
from cms.media.models import CustomDocument, CustomImage
from home.models import HomePage, MenuItem, SiteSettings, StandardPage

from .content import directives, news, office, pages, plans, register
from .official_pdf import official_pdf
from .pictures import landscape_file


class Builder:
    """Builds what `content` says, telling `say` how far it is."""

    def __init__(self, desk, say):
        self.desk = desk
        self.say = say
        self.directives = {}

    def build(self):
        """Everything, in the order in which later pages refer to earlier ones."""
        self.register()
        self.directive_pages()
        self.plans()
        self.news()
        about = self.about()
        self.settings(about)
        self.in_progress()

    def register(self):
        """Categories, sectors, units and issuers."""
        for name in register.CATEGORIES:
            Category.objects.create(name=name)
        for name in register.SECTORS:
            Sector.objects.create(name=name)
        for name, code in register.UNITS:
            Unit.objects.create(name=name, code=code)
        for name, code, level, since, until, predecessors, others in register.ISSUERS:
            issuer = Issuer.objects.create(
                name=name,
                code=code,
                level=level,
                exists_from=since,
                exists_until=until,
                other_names="\n".join(others),
            )
            issuer.predecessors.set(Issuer.objects.filter(name__in=predecessors))

    def directive_pages(self):
        """The documents of the register."""
        section = DirectiveIndexPage.objects.get()
        of_office = [*office.WITH_TEXT, *office.without_text(timezone.localdate())]
        real = [*directives.CITED, *directives.RULES]
        for item in real:
            self.publish_directive(section, self.directive(item), item["key"])
        for item in sorted(of_office, key=lambda item: item.get("issued_on") or timezone.localdate()):
            self.publish_directive(section, self.office_directive(item), item["key"])

    def publish_directive(self, section, page, key):
        """Sends one document through the workflow."""
        self.directives[key] = self.desk.publish(section, page)
        self.say(f"document {key}")

    def directive(self, item):
        """The page of one document; relations point at documents that were made before."""
        page = DirectivePage(
            document_type=item["type"],
            reference_as_printed=item["printed"],
            subject=item["subject"],
            issued_on=item.get("issued_on"),
            effective_on=item.get("effective_on"),
            expires_on=item.get("expires_on"),
            status=item.get("status", "issued"),
            sector=Sector.objects.get(name=item["sector"]),
            **item.get("correct", {}),
        )
        page.directive_issuers = [
            DirectiveIssuer(issuer=Issuer.objects.get(name=name)) for name in item.get("issuers", [])
        ]
        page.outgoing_relations = [
            DirectiveRelation(kind=kind, target=self.directives[key], extent=extent, note=note)
            for kind, key, extent, note in item.get("relations", [])
        ]
        return page

    def office_directive(self, item):
        """A document of the office itself: with text and file, or with the reason why it has none."""
        page = self.directive(item)
        page.validity_events = [
            ValidityEvent(kind=kind, date=day, note=note) for kind, day, note in item.get("events", [])
        ]
        if "text" not in item:
            page.availability_note = f"{office.ILLUSTRATION} {item.get('note', '')}".strip()
            return page
        page.signers = [DirectiveSigner(**item["signer"])]
        parts = [f"<p><i>{office.ILLUSTRATION}</i></p>"]
        for heading, paragraphs in item["text"]:
            parts += [f"<h3>{heading}</h3>", *(f"<p>{paragraph}</p>" for paragraph in paragraphs)]
        page.body = "".join(parts)
        name = f"{item['printed'].replace('/', '-')}.pdf"
        document = CustomDocument(
            title=f"{page.get_document_type_display()} {item['printed']}", uploaded_by_user=self.desk.users[EDITOR]
        )
        content = official_pdf(page, "Lào Cai", item["text"], office.ILLUSTRATION)
        document.file.save(name, ContentFile(content), save=False)
        document.save()
        page.directive_files = [DirectiveFile(document=document, kind="copy")]
        return page

    def news(self):
        """The report on the first half of 2021 and the shorter news."""
        section = ArticleIndexPage.objects.get()
        shorter = []
        for number, item in enumerate(news.SHORT):
            page = self.short_article(item, number)
            shorter.append(self.desk.publish(section, page))
            self.say(f"article {number + 1} of {len(news.SHORT) + 2}")
        self.desk.publish(section, self.tour())
        self.desk.publish(section, self.report(shorter[:3]))
        self.say("the report on the first half of 2021")

    def short_article(self, item, number):
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

    def tour(self):
        """The article that has every block."""
        item = news.TOUR
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

    def report(self, related):
        """The legacy page's facts: figures, table, the documents, the table as a file."""
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

    def report_body(self):
        """The report's blocks. The old page's sum is kept as it stands there, and the difference is named."""
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
                            "note": "về chính sách, và trước bầu cử tại 5 huyện, thị xã; mỗi loại chừng 1.300 lượt người",
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
                f'<p>Báo cáo nhắc đến mười ba văn bản, trong đó có <a linktype="page" id="{main.pk}">{main.title}</a> về dân vận'
                " trong cơ quan hành chính. Có văn bản tiếp tục được triển khai, có văn bản được sơ kết hoặc tổng kết trong kỳ; danh sách"
                " ở mục “Văn bản được nhắc đến”.</p>",
            ),
            ("heading", {"text": "Việc còn hạn chế", "level": "2"}),
            (
                "paragraph",
                "<p>Ở một số nơi, việc nắm tình hình và báo cáo còn chậm; khối dân vận cơ sở chưa đều tay, phối hợp giữa các đoàn"
                " thể có mặt còn yếu.</p>",
            ),
            ("heading", {"text": "Sáu tháng cuối năm", "level": "2"}),
            (
                "paragraph",
                "<p>Năm nhóm nhiệm vụ được công bố thành kế hoạch riêng để ai cũng theo dõi được:"
                f' <a linktype="page" id="{self.second_half.pk}">{self.second_half.title}</a>.</p>',
            ),
        ]

    def figures_file(self):
        """The table of the report as a file to download."""
        lines = ["Cấp;Số cuộc;Số người", *(";".join(map(str, row)) for row in news.CONTACTS_TABLE)]
        content = "\ufeff" + "\r\n".join(lines) + "\r\n"
        document = CustomDocument(
            title="Số liệu tiếp xúc, đối thoại 6 tháng đầu năm 2021",
            uploaded_by_user=self.desk.users[EDITOR],
        )
        document.file.save("so-lieu-doi-thoai-2021.csv", ContentFile(content.encode()), save=False)
        document.save()
        return document

    def image(self, seed, title):
        """A picture drawn by code."""
        return CustomImage.objects.create(
            title=title,
            file=landscape_file(seed, f"phong-canh-{seed}"),
            uploaded_by_user=self.desk.users[EDITOR],
        )

    def plans(self):
        """The task plans."""
        section = TaskPlanIndexPage.objects.get()
        for item in [*plans.PLANS, plans.current(timezone.localdate())]:
            page = self.desk.publish(section, self.plan(item))
            if item is plans.SECOND_HALF_2021:
                self.second_half = page
            self.say(f"plan {item['period']}")

    def plan(self, item):
        """One plan with its tasks."""
        page = TaskPlanPage(
            title=item["title"],
            period=item["period"],
            organisation=Unit.objects.get(name=item["organisation"]),
            introduction=item["introduction"],
            previous_results=item["results"],
            previous_limitations=item["limitations"],
        )
        page.basis_items = [
            PlanBasis(directive=self.directives[key]) if key in self.directives else PlanBasis(text=key)
            for key in item["basis"]
        ]
        page.tasks = [self.task(task) for task in item["tasks"]]
        return page

    def task(self, item):
        """One task; what is not known is left empty."""
        precision, deadline = item.get("deadline", ("none", None))
        task = PlanTask(
            title=item["title"],
            description=item.get("description", ""),
            lead_unit=Unit.objects.filter(name=item.get("lead")).first(),
            deadline_precision=precision,
            deadline_on=deadline,
            deliverable=item.get("deliverable", ""),
            state=item.get("state", "not_started"),
            progress=item.get("progress"),
            done_on=item.get("done_on"),
            result=item.get("result", ""),
        )
        task.supporting_units = list(Unit.objects.filter(name__in=item.get("supporting", [])))
        return task

    def about(self):
        """The page about the office."""
        body = []
        for heading, text in pages.ABOUT["sections"]:
            body += [("heading", {"text": heading, "level": "2"}), ("paragraph", text)]
        page = StandardPage(title=pages.ABOUT["title"], lead=pages.ABOUT["lead"], body=body)
        return self.desk.publish(HomePage.objects.get(), page)

    def settings(self, about):
        """The settings of the site and its menus."""
        settings = SiteSettings.for_site(default_site())
        for name, value in pages.SETTINGS.items():
            setattr(settings, name, value)
        sections = [HomePage, ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage]
        targets = [Page.objects.get(pk=model.objects.get().pk) for model in sections]
        settings.menu_items = [
            MenuItem(menu="main", title=page.title, page=page, sort_order=order)
            for order, page in enumerate([*targets, about])
        ]
        settings.save()

    def in_progress(self):
        """Work that is under way: a draft, a document in content review, one that was returned."""
        section = ArticleIndexPage.objects.get()
        self.desk.draft(
            section,
            ArticlePage(
                title="Góp ý cho cổng thông tin mới",
                lead="Bản nháp: nội dung còn đang viết.",
                category=Category.objects.get(name="Tin hoạt động"),
            ),
        )
        waiting = self.desk.draft(
            section,
            ArticlePage(
                title="Lịch tập huấn biên tập viên tháng 12/2026",
                lead="Hai lớp tập huấn cho biên tập viên và người duyệt của các phòng.",
                category=Category.objects.get(name="Tin hoạt động"),
                body=[
                    (
                        "paragraph",
                        "<p>Lớp thứ nhất dành cho biên tập viên, lớp thứ hai dành cho người duyệt.</p>",
                    )
                ],
            ),
        )
        self.desk.submit(waiting)
        returned = self.desk.draft(
            section,
            ArticlePage(
                title="Kết quả lấy ý kiến người đọc",
                lead="Chưa có số liệu.",
                category=Category.objects.get(name="Tin hoạt động"),
            ),
        )
        self.desk.submit(returned)
        self.desk.decide(returned, REVIEWER, "reject", "Bổ sung số liệu và nguồn trước khi gửi lại.")
