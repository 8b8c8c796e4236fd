"""An article with an image and a document that waits for the approver: `… shared_content TITLE`.

Prints as JSON its id, the addresses of its files, and under which names they are stored.
"""

import json
import sys

import django


def main(title):
    django.setup()
    from articles.models import ArticleAttachment
    from cms.accounts.models import User
    from cms.accounts.roles import GROUPS, REVIEWER
    from tests.factories import Office, make_document, make_image

    office = Office({role: User.objects.get(username=role) for role in GROUPS})
    image, document = make_image(), make_document(content=b"So lieu" * 100)
    page = office.article(title, image=image, image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.draft(office.news, page)
    office.submit(page)
    office.decide(page, REVIEWER)
    found = {
        "page": page.pk,
        "document": document.url,
        "image": image.renditions.first().url,
        "names": [image.file.name, document.file.name],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
