"""What Wagtail, Django and the other packages say is Vietnamese too, in the words of the office."""

import re
from pathlib import Path

import pytest
from django.conf import global_settings

from tests.vendor_messages import messages, read, upstream

ROOT = Path(__file__).parent.parent
DOMAINS = ("django", "djangojs")
# Languages by their names: nobody chooses one here.
LANGUAGE_NAMES = {name for _code, name in global_settings.LANGUAGES}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrif]|%[sdr]|\{[\w:.]+\}|</?\w+|href=\"[^\"]*\"|data-[\w-]+")

# What the interface calls things (docs/glossary.md), where a package's whole string is the term.
TERMS = {
    "Approve": "Duyệt",
    "Approved": "Đã duyệt",
    "Alt text": "Văn bản thay thế",
    "Draft": "Bản nháp",
    "History": "Lịch sử chỉnh sửa",
    "Live": "Đã xuất bản",
    "Log in": "Đăng nhập",
    "Log out": "Đăng xuất",
    "Publish": "Xuất bản",
    "Published": "Đã xuất bản",
    "Reject": "Trả lại",
    "Rejected": "Đã trả lại",
    "Request changes": "Trả lại",
    "Save draft": "Lưu nháp",
    "Schedule to publish": "Hẹn giờ xuất bản",
    "Site history": "Nhật ký hệ thống",
    "Status": "Trạng thái",
    "Submit for moderation": "Gửi duyệt",
    "Title": "Tiêu đề",
    "Unpublish": "Gỡ bài",
    "Unpublished": "Đã gỡ",
    "Workflow cancelled": "Đã rút lại",
}
# Another word for what has one already, an English one, or another spelling of the same.
FORBIDDEN = {
    "luồng công việc": "quy trình duyệt",
    "phê duyệt": "duyệt",
    "phê chuẩn": "duyệt",
    "kiểm duyệt": "duyệt",
    "từ chối": "trả lại",
    "bài nháp": "bản nháp",
    "hình ảnh": "ảnh",
    "tập tin": "tệp",
    "tài liệu": "tệp, văn bản",
    "file": "tệp",
    "email": "thư điện tử",
    "kí tự": "ký tự",
    "xoá": "xóa",
    "khoá": "khóa",
    "hoá": "hóa",
    "bị khóa": "đang khóa",
    "trang cha": "trang chứa",
    "riêng tư": "giới hạn quyền xem",
}
# Its link leads to an English guide, so the translation has none.
WITHOUT_LINK = "See our <a href"


def effective(domain):
    """`(context, id)` → what is shown: ours where we have it, else what the package ships."""
    shown = dict(upstream(domain))
    for message in read(ROOT / f"locale/vendor/vi/LC_MESSAGES/{domain}.po"):
        key = message.context or "", message.id if isinstance(message.id, str) else message.id[0]
        shown[key] = [message.string] if isinstance(message.string, str) else list(message.string)
    return shown


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_string_of_the_packages_is_translated(domain):
    shown = effective(domain)
    wanted = [message for message in messages(domain) if message.id not in LANGUAGE_NAMES]
    assert len(wanted) > 80
    assert [f"{message.package}: {message.id}" for message in wanted if message.key not in shown] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_tags_and_addresses_survive(domain):
    shown = effective(domain)
    wrong = []
    for message in messages(domain):
        if message.id.startswith(WITHOUT_LINK):
            continue
        singular, plural = (set(PLACEHOLDER.findall(id)) for id in (message.id, message.plural or message.id))
        # "One page" against "%(counter)s pages": Vietnamese counts. Where a singular has some of the names only, the
        # compiler of catalogues refuses the others.
        wanted = plural & singular if singular else plural
        allowed = plural | singular
        for string in shown.get(message.key, ()):
            found = set(PLACEHOLDER.findall(string))
            if not wanted <= found or not found <= allowed:
                wrong.append((message.id, string))
    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_terms_are_those_of_the_office(domain):
    shown = effective(domain)
    wrong = [
        (id, strings, TERMS[id]) for (context, id), strings in shown.items() if id in TERMS and strings[0] != TERMS[id]
    ]
    for message in messages(domain):
        for string in shown.get(message.key, ()):
            text = re.sub(r"<[^>]*>|%\(\w+\)s|\{\w+\}", " ", string).lower()
            wrong += [(message.id, string, right) for bad, right in FORBIDDEN.items() if re.search(rf"\b{bad}\b", text)]
    assert wrong == []


def test_what_is_translated_is_still_said():
    """A string that no package has any more goes."""
    for domain in DOMAINS:
        said = {message.key for message in messages(domain)}
        ours = read(ROOT / f"locale/vendor/vi/LC_MESSAGES/{domain}.po")
        stale = [m.id for m in ours if (m.context or "", m.id if isinstance(m.id, str) else m.id[0]) not in said]
        assert stale == []
