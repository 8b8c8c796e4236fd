"""Going through every screen that a role can reach by links, as the browser tests of the whole desk do."""

import re

from articles.models import Category
from cms.accounts.roles import REVIEWER
from home.models import MenuItem, SiteSettings
from tests.factories import make_document, make_image


def furnish(office):
    """Something in every state, so that lists are not empty."""
    image, file = make_image("Ảnh lễ ra quân"), make_document("ke-hoach.txt")
    article = office.article("Tin đã đăng", image=image, image_alt="Đoàn viên trồng cây")
    published = office.publish(office.news, article)
    office.publish(office.documents, office.directive(issuers=["Tỉnh ủy"]))
    office.publish(office.plans, office.plan(tasks=[{"title": "Nhiệm vụ một"}]))
    office.revise(published, lead="Tóm tắt khác.")
    office.submit(office.draft(office.news, office.article("Tin chờ thẩm định")))
    waiting = office.draft(office.news, office.article("Tin chờ duyệt"))
    office.submit(waiting)
    office.decide(waiting, REVIEWER)
    returned = office.draft(office.news, office.article("Tin bị trả lại"))
    office.submit(returned)
    office.decide(returned, REVIEWER, "reject", comment="Thiếu nguồn.")
    office.draft(office.news, office.article("Tin đang soạn", attachments=[]))
    settings = SiteSettings.for_site(office.home.get_site())
    settings.menu_items = [MenuItem(title="Tin bài", page=office.news)]
    settings.save()
    Category.objects.create(name="Nông thôn mới")
    return file


def pattern(address):
    """Addresses that lead to the same screen, for another object."""
    path, _mark, query = address.partition("?")
    names = "&".join(sorted(part.split("=")[0] for part in query.split("&")))
    return re.sub(r"\d+", "N", path) + names


def listen(page):
    """Return the list of what the browser refuses on `page` by the Content Security Policy; it grows."""
    refused = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    return refused


def every_screen(page, base, visit):
    """Calls `visit(address)` for one screen of each kind below /admin/; returns how many there were.

    `visit` opens the address on `page`, which is logged in at the server `base`.
    """
    waiting, seen = ["/admin/"], set()
    while waiting:
        address = waiting.pop(0)
        if pattern(address) in seen or "/logout/" in address:
            continue
        seen.add(pattern(address))
        visit(address)
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href.split('#')[0])")
        waiting += [link.removeprefix(base) for link in links if link.startswith(f"{base}/admin/")]
    return len(seen)
