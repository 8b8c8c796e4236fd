"""Media in a bucket."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import ArticleAttachment
from cms.media.storage import BucketStorage
from tests.bucket import media_in_a_bucket
from tests.factories import fresh, make_document


@pytest.fixture
def bucket(settings):
    with media_in_a_bucket(settings) as client:
        yield client


def test_a_file_is_kept_and_its_address_is_that_of_the_portal(bucket):
    name = default_storage.save("documents/Báo cáo.txt", ContentFile(b"noi dung"))
    with default_storage.open(name) as file:
        assert file.read() == b"noi dung"
    assert default_storage.url(name) == "/media/documents/B%C3%A1o%20c%C3%A1o.txt"
    assert bucket.head_object(Bucket="portal", Key=f"media/{name}")["ContentType"] == "text/plain"
    default_storage.delete(name)
    assert not default_storage.exists(name)
    with pytest.raises(FileNotFoundError):
        default_storage.open(name)


def test_machines_that_choose_the_same_name_do_not_overwrite(bucket):
    # Both have looked, and found the name free.
    names = [BucketStorage()._save("documents/a.txt", ContentFile(text)) for text in (b"mot", b"hai")]
    assert names[0] == "documents/a.txt"
    assert [default_storage.open(name).read() for name in names] == [b"mot", b"hai"]


def test_a_document_is_served_from_it_while_it_is_public(bucket, office, client):
    document = make_document(content=b"so lieu")
    page = office.article("Có tệp")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    response = client.get(document.url)
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"so lieu")
    assert client.get(document.url, headers={"If-None-Match": response["ETag"]}).status_code == 304
    fresh(page).unpublish()
    assert client.get(document.url).status_code == 404
