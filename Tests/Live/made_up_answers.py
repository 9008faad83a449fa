#!/usr/bin/env python3
"""A server that answers every operation of scripts/aws-operations.txt with made-up documents, two pages where there can be.

usage: made_up_answers.py ANSWERS

A client calls operations under /NAME/SERVICE/OPERATION. boto3 goes first, as `boto3`: what it decodes is written to ANSWERS,
one JSON object a line: {"service", "operation", "input", "pages", "host", "scope"}; the last two are where it would send the
call in AWS, and for what it would sign it. The script prints its URL, and runs until its standard input is closed.
GET /differences tells how the requests of the client `parapet` differ from boto3's.

boto3 is the judge of both directions; moto's serializers write the answers.
"""
import json
import re
import sys
import threading
import urllib.parse
import xml.etree.ElementTree
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import botocore.awsrequest
import botocore.exceptions

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from made_up import MadeUp  # noqa: E402
from reference import ACCOUNT, client, document, method_name, operations  # noqa: E402
from moto.core.serialize import get_serializer_class  # noqa: E402
from moto.core.utils import get_service_model  # noqa: E402

REGION = "eu-west-1"
# Names of members that go into host names or are checked by endpoint rules.
FIXED_INPUTS = {"Bucket": "a-bucket", "AccountId": ACCOUNT}
# boto3 calls a host of the account's own where a stream is named like this. Parapet names streams by their names.
LEFT_OUT = {"StreamARN", "StreamId"}


class Operation:
    """An operation with its made-up input and answers."""

    def __init__(self, service, name, made):
        self.service, self.name = service, name
        self.model = made.meta.service_model.operation_model(name)
        self.can_paginate = made.can_paginate(method_name(name))
        self.paging = made.get_paginator(method_name(name))._pagination_cfg if self.can_paginate else {}
        self.input = self.make_input()
        self.responses = [self.response(page) for page in range(2 if self.can_paginate else 1)]

    def make_input(self):
        shape = self.model.input_shape
        made = MadeUp().value(shape) if shape else {}
        for member in as_list(self.paging.get("input_token")):
            made.pop(member, None)
        return {name: FIXED_INPUTS.get(name, value) for name, value in made.items() if name not in LEFT_OUT}

    def response(self, page):
        answer = MadeUp(1000 * page).value(self.model.output_shape) if self.model.output_shape else {}
        if self.can_paginate:
            more = self.paging.get("more_results")
            if more:
                put(answer, more, page == 0)
            if page == 1:
                for token in as_list(self.paging["output_token"]):
                    for path in token.split("||"):
                        put(answer, path.strip(), None)
        if (self.service, self.name) == ("s3", "GetBucketLocation"):
            answer = {"LocationConstraint": "eu-west-1"}
        serializer = get_serializer_class(self.service, self.model.service_model.protocol)
        return serializer(get_service_model(self.service).operation_model(self.name)).serialize(answer)


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


def put(answer, path, value):
    """Sets a member at a path of plain names; None takes it out."""
    *parents, last = path.split(".")
    for parent in parents:
        answer = answer.get(parent) or {}
    if value is None:
        answer.pop(last, None)
    elif last in answer:
        answer[last] = value


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.operations = {}
        self.requests = defaultdict(list)
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def differences(self):
        found = []
        for service, name in self.operations:
            expected, given = (self.requests[who, service, name] for who in ("boto3", "parapet"))
            # The pages after the first carry tokens, which the answers already prove.
            for key in expected[0] if expected else ():
                sent = given[0][key] if given else None
                if sent != expected[0][key]:
                    found.append(f"{service}:{name} {key}: boto3 sends {expected[0][key]!r}, Parapet {sent!r}")
        return found


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/differences":
            return self.send(200, {"Content-Type": "application/json"}, json.dumps(self.server.differences()))
        path, _, query = self.path.partition("?")
        _, who, service, name, *rest = path.split("/", 4)
        operation = self.server.operations[service, name]
        seen = self.server.requests[who, service, name]
        response = operation.responses[min(len(seen), len(operation.responses) - 1)]
        seen.append(self.noted(operation, "".join(rest), query, body))
        self.send(response["status_code"], response["headers"], response["body"])

    do_GET = do_POST = do_PUT = do_HEAD = answer

    def noted(self, operation, path, query, body):
        """What two requests have to have in common."""
        shape = operation.model.input_shape
        names = {"x-amz-target", "accept"} if operation.service == "apigateway" else {"x-amz-target"}
        for member in shape.members.values() if shape else ():
            if member.serialization.get("location") == "header":
                names.add(member.serialization["name"].lower())
        return {
            "method": self.command,
            "path": path,
            "query": sorted(urllib.parse.parse_qsl(query, keep_blank_values=True)),
            "headers": sorted((name, self.headers[name].replace(", ", ",")) for name in names if name in self.headers),
            "body": canonical(body, self.headers.get("Content-Type", ""))}

    def send(self, status, headers, body):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def canonical(body, kind):
    """A body in which order and notation no longer matter."""
    if not body:
        return ""
    if "json" in kind or body.startswith(b"{"):
        return json.dumps(json.loads(body), sort_keys=True)
    if "urlencoded" in kind:
        return sorted(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
    return xml.etree.ElementTree.canonicalize(body.decode()) if body.startswith(b"<") else body.decode("latin-1")


def pages(made, operation):
    """What boto3 decodes."""
    if not operation.can_paginate:
        return [document(getattr(made, method_name(operation.name))(**operation.input))]
    paginator = made.get_paginator(method_name(operation.name))
    return [document(page) for page in paginator.paginate(**operation.input)]


def target(made, operation):
    """The host that boto3 would call in AWS, and the region and service that it would sign for."""
    class Stop(Exception):
        pass

    found = {}

    def stop(request, **_):
        found["host"] = urllib.parse.urlsplit(request.url).netloc
        signature = request.headers.get("Authorization", b"")
        signature = signature.decode() if isinstance(signature, bytes) else signature
        found["scope"] = "/".join(re.findall(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/", signature)[0]) if signature else ""
        raise Stop

    made.meta.events.register_first("before-send", stop)
    try:
        getattr(made, method_name(operation.name))(**operation.input)
    except Stop:
        return found
    finally:
        made.meta.events.unregister("before-send", stop)


def main():
    server = Server()
    with open(sys.argv[1], "w") as file:
        for service, names in operations().items():
            usual = client(service, region=REGION, validate=False)
            for name in names:
                operation = server.operations[service, name] = Operation(service, name, usual)
                local = client(service, f"{server.url}/boto3/{service}/{name}", validate=False)
                record = {"service": service, "operation": name, "input": document(operation.input)}
                file.write(json.dumps(record | {"pages": pages(local, operation)} | target(usual, operation)) + "\n")
    print(server.url, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
