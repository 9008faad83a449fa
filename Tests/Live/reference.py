"""boto3 as the reference: its clients, and its answers written as Parapet writes documents."""
import base64
import datetime
import sys
from pathlib import Path

import boto3
import botocore.config
import botocore.exceptions
import botocore.handlers
import botocore.loaders
from botocore import xform_name

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "123456789012"
REGION = "us-east-1"
sys.path.append(str(ROOT / "scripts"))

from aws_models.service import all_paginators  # noqa: E402


def speak_no_cbor():
    """boto3 prefers CBOR where a service has it; the server and Parapet do not speak it."""
    original = botocore.loaders.Loader.load_service_model

    def load(self, service_name, type_name, api_version=None):
        model = original(self, service_name, type_name, api_version)
        if type_name == "service-2":
            metadata = model["metadata"]
            metadata["protocols"] = [name for name in metadata.get("protocols", []) if "cbor" not in name]
            if "cbor" in metadata["protocol"]:
                metadata["protocol"] = metadata["protocols"][0]
        return model

    botocore.loaders.Loader.load_service_model = load


speak_no_cbor()


def page_as_parapet():
    """boto3 reads only the first page of some lists; here it is given the paginators that it lacks."""
    original = botocore.loaders.Loader.load_service_model

    def load(self, service_name, type_name, api_version=None):
        try:
            model = original(self, service_name, type_name, api_version)
        except botocore.exceptions.UnknownServiceError:
            if type_name != "paginators-1":
                raise
            model = {"pagination": {}}
        if type_name == "paginators-1":
            service = original(self, service_name, "service-2", api_version)
            names = [name for name in operations().get(service_name, []) if name in service["operations"]]
            pages = all_paginators(service, model["pagination"], names)
            model = {"pagination": {name: {key: part for key, part in page.items() if part} for name, page in pages.items()}}
        return model

    botocore.loaders.Loader.load_service_model = load


page_as_parapet()


def client(service, endpoint=None, region=REGION, validate=True):
    """A client that does not retry or rewrite."""
    made = boto3.client(
        service, region_name=region, endpoint_url=endpoint, aws_access_key_id="reference",
        aws_secret_access_key="reference",
        config=botocore.config.Config(
            retries={"max_attempts": 0}, parameter_validation=validate, s3={"addressing_style": "path"} if endpoint else {}))
    if service == "s3":
        # boto3 asks for URL-encoded keys behind one's back, and decodes them.
        made.meta.events.unregister(
            "before-parameter-build.s3.ListObjectsV2", botocore.handlers.set_list_objects_encoding_type_url)
    if service == "s3control" and endpoint:
        # boto3 puts the account before the name of the server as well.
        made.meta.events.register("before-sign.s3-control", without_account)
    return made


def without_account(request, **_):
    request.url = request.url.replace(f"//{ACCOUNT}.", "//")


def operations():
    """Service -> operations, of scripts/aws-operations.txt."""
    services = {}
    for line in (ROOT / "scripts" / "aws-operations.txt").read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            services.setdefault(words[0], []).extend(words[1:])
    return services


def document(value):
    """An answer of boto3 as JSON: moments as ISO 8601 in UTC, bytes in base 64, nothing of the transport."""
    if isinstance(value, dict):
        return {key: document(item) for key, item in value.items() if key != "ResponseMetadata" and item is not None}
    if isinstance(value, (list, tuple)):
        return [document(item) for item in value]
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.timezone.utc) if value.tzinfo else value
        text = moment.strftime("%Y-%m-%dT%H:%M:%S")
        fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
        return f"{moment.year:04}{text[text.index('-'):]}{fraction}Z"
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if hasattr(value, "read"):
        return base64.b64encode(value.read()).decode()
    return value


def leaves(value):
    """How many texts, numbers and truth values a document holds."""
    if isinstance(value, dict):
        return sum(leaves(item) for item in value.values())
    if isinstance(value, list):
        return sum(leaves(item) for item in value)
    return 1


def method_name(operation):
    """boto3's name of an operation: `list_buckets`."""
    return xform_name(operation)
