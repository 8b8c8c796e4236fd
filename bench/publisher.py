"""Publishes an article a second, by the steps of the review, until its input ends; prints how long each took."""

import json
import sys
import threading
import time

import django


def main():
    """Publish."""
    django.setup()
    from django.utils import timezone

    from articles.models import ArticleIndexPage, ArticlePage, Category
    from cms.store.projector import newest
    from demo.accounts import make_accounts
    from demo.desk import Desk

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    desk, section, category = Desk(make_accounts()), ArticleIndexPage.objects.get(), Category.objects.first()
    took = []
    while not ended.is_set():
        began = time.monotonic()
        page = ArticlePage(
            title=f"Tin trong giờ {timezone.localtime():%H:%M:%S.%f}",
            lead="Một tin được đăng trong lúc nhiều người đọc.",
            category=category,
            body=[("paragraph", "<p>Nội dung ngắn của tin.</p>")],
        )
        desk.publish(section, page)
        newest()
        took.append(time.monotonic() - began)
        ended.wait(max(0, 1 - took[-1]))
    print(json.dumps(took))


if __name__ == "__main__":
    main()
