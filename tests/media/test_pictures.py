"""Pictures as phones and scanners make them: upright, without what the camera wrote, in the sizes for readers."""

import io

import pillow_heif
import pytest
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from cms.media.models import CustomImage
from cms.media.reading.process import read_path
from cms.media.renditions import FILTERS, make_renditions
from cms.media.represent import image_form
from tests.factories import make_image

from .made import ADD_IMAGE, png, upload

pytestmark = [pytest.mark.slow, pytest.mark.once]


def test_pictures_of_phones_are_taken(office, login):
    pillow_heif.register_heif_opener()
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "DIEN THOAI"
    Image.new("RGB", (400, 300), "red").save(buffer, "HEIF", exif=exif)
    for name in ("IMG_1.heic", "IMG_2.HEIC", "IMG_3.jpg"):
        answer = upload(login("editor"), ADD_IMAGE, name, buffer.getvalue()).json()
        assert answer["success"], answer
        image = CustomImage.objects.get(pk=answer["image_id"])
        assert image.file.name.endswith(".jpg")
        with image.open_file() as file:
            content = file.read()
        assert Image.open(io.BytesIO(content)).format == "JPEG"
        assert b"DIEN THOAI" not in content


def test_a_picture_is_stored_as_what_it_is(office, login):
    answer = upload(login("editor"), ADD_IMAGE, "anh.jpg", png((500, 400))).json()
    assert CustomImage.objects.get(pk=answer["image_id"]).file.name.endswith(".png")


def test_a_replaced_picture_has_its_own_sizes(office, login):
    image = CustomImage.objects.get(pk=upload(login("editor"), ADD_IMAGE, "a.png", png((700, 400))).json()["image_id"])
    before = set(image.renditions.values_list("file", flat=True))
    login("editor").post(
        f"/admin/images/{image.pk}/",
        {"title": "a", "collection": image.collection_id, "file": SimpleUploadedFile("b.png", png((900, 500)))},
    )
    sizes = image.renditions.filter(filter_spec__endswith="format-webp")
    assert sorted(sizes.values_list("width", flat=True)) == [320, 640]
    assert not before & set(sizes.values_list("file", flat=True))


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(300, 1000), (1000, 300)])
def test_a_picture_that_was_taken_sideways(office, login, orientation, kind, size):
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "DIEN THOAI"
    Image.new("RGB", size, "red").save(buffer, kind, exif=exif)
    answer = upload(login("editor"), ADD_IMAGE, f"anh.{kind.lower()}", buffer.getvalue()).json()
    image = CustomImage.objects.get(pk=answer["image_id"])
    upright = size if orientation in {1, 3} else size[::-1]
    assert (image.width, image.height) == upright
    sizes = image.renditions.filter(filter_spec__endswith="format-webp")
    assert max(sizes.values_list("width", flat=True)) == max(
        width for width in (300, 320, 640, 960) if width <= upright[0]
    )
    assert image.get_rendition("width-320|format-webp").pk in sizes.values_list("pk", flat=True)


def test_sizes_for_readers_never_tell_what_the_camera_wrote(db):
    """Also where Wagtail makes them, of an original that has it."""
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x8825] = "DIEN THOAI", {1: "N", 2: (21.0, 2.0, 0.0)}
    Image.new("RGB", (700, 400), "red").save(buffer, "JPEG", exif=exif)
    image = CustomImage.objects.create(title="a", file=ImageFile(io.BytesIO(buffer.getvalue()), name="a.jpg"))
    default_storage.delete(image.file.name)
    default_storage.save(image.file.name, io.BytesIO(buffer.getvalue()))
    call_command("wagtail_update_image_renditions", stdout=io.StringIO())
    make_renditions(CustomImage.objects.all())
    assert image.renditions.filter(filter_spec__in=FILTERS).count() == 3
    for rendition in image.renditions.filter(filter_spec__in=FILTERS):
        with rendition.file.open("rb") as file:
            assert not Image.open(file).getexif(), rendition.filter_spec


def test_a_scan_of_one_bit_is_taken(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png((4960, 7016), "1"))
    assert read_path(str(path), "png").sizes


def test_an_answer_makes_no_size(db):
    image = make_image("thieu")
    image.renditions.all().delete()
    with pytest.raises(LookupError):
        image_form(image)
    assert not image.renditions.exists()
