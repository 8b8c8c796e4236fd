"""The bucket of the media in tests of one process: moto stands for S3, and asks nobody who they are."""

import contextlib

import boto3
from moto import mock_aws


@contextlib.contextmanager
def media_in_a_bucket(settings):
    """Let media be in the bucket `portal`; gives a client of the service."""
    settings.MEDIA_BUCKET, settings.MEDIA_ENDPOINT = "portal", ""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "cms.media.storage.BucketStorage"}}
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="portal")
        yield client
