"""Which operation of AWS a request calls, by botocore's models."""
import functools
import re
import urllib.parse

import botocore.exceptions
import botocore.session

# Services whose name in a signature is not botocore's.
SIGNED_AS = {
    "apigateway": ["apigateway", "apigatewayv2"], "elasticfilesystem": ["efs"], "es": ["opensearch"], "ses": ["sesv2"],
    "access-analyzer": ["accessanalyzer"], "s3": ["s3", "s3control"], "s3express": ["s3"]}
XML = {"s3", "s3express", "cloudfront", "route53", "s3control"}


def identify(method, target, headers, body):
    """The operation and the protocol of a request, with "?" where they are unknown.

    target: path and query; headers: anything with `get`."""
    _, service = scope(headers)
    if action := headers.get("X-Amz-Target", ""):
        return action.rsplit(".", 1)[-1], "json"
    form = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace"))) if b"Action=" in body else {}
    if "Action" in form:
        return form["Action"], "ec2" if service == "ec2" else "query"
    return by_path(service, method, target), "rest-xml" if service in XML else "rest-json"


def scope(headers):
    """The region and the service that a request is signed for."""
    found = re.search(r"Credential=[^/]+/\d{8}/([^/]+)/([^/]+)/aws4_request", headers.get("Authorization") or "")
    return found.groups() if found else ("?", "?")


def by_path(service, method, target):
    url = urllib.parse.urlsplit(target)
    given = urllib.parse.parse_qs(url.query, keep_blank_values=True)
    # "/x" and "/x/" are one; the more of a query a template asks for, the better it fits.
    fitting = [
        (len(query), len(path.pattern), -len(name), name)
        for verb, path, query, name in templates(service)
        if verb == method and path.fullmatch(url.path.rstrip("/") or "/")
        and all(key in given and value in ("", given[key][0]) for key, value in query.items())]
    return max(fitting)[-1] if fitting else "?"


@functools.cache
def templates(service):
    """Method, path as a pattern, what the query holds and name of every operation that is told by its path."""
    found = []
    session = botocore.session.get_session()
    for name in SIGNED_AS.get(service, [service]):
        try:
            model = session.get_service_model(name)
        except botocore.exceptions.UnknownServiceError:
            continue
        for operation in model.operation_names:
            # Directory buckets are listed where S3 lists buckets, on another host.
            if model.operation_model(operation).deprecated or (service, operation) == ("s3express", "ListBuckets"):
                continue
            http = model.operation_model(operation).http
            path, _, query = http["requestUri"].partition("?")
            pattern = re.sub(r"\\\{[^/]*?\\\+\\\}", ".+", re.escape(path.rstrip("/") or "/"))
            pattern = re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", pattern))
            found.append((http["method"], pattern, dict(urllib.parse.parse_qsl(query, keep_blank_values=True)), operation))
    return found
