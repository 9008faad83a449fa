#!/usr/bin/env python3
"""A seeded AWS API server, and what boto3 reads from it.

usage: live_account.py ANSWERS

Starts moto, makes resources of many kinds, makes every call of calls.yaml with boto3, and writes one JSON object a line to
ANSWERS: {"service", "operation", "input", "pages": [document]}, with "joined" where there are several pages, or with {"error": code}
in place of pages. Operations that are read page by page are called once more with the smallest pages that they allow.
What differs between two equal calls, such as tokens and temporary credentials, is {"$any": true}.

Then it prints the server's URL, and runs until its standard input is closed.
"""
import functools
import importlib
import json
import os
import sys
from pathlib import Path

import botocore.exceptions
import jmespath
import yaml

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "scripts" / "demo")]

from aws_server import AWSServer  # noqa: E402
from reference import client, document, leaves, method_name  # noqa: E402

# In the order in which they build on each other.
SEEDS = [
    "identity", "storage", "network", "compute", "messages", "databases", "containers", "edge", "analytics", "oversight"]
ANY = {"$any": True}
# Paths that are not compared: moto sends a map where AWS sends a truth value, and makes up a time at every call.
VAGUE = {"sesv2:GetConfigurationSet": "SendingOptions.SendingEnabled", "codebuild:BatchGetBuilds": "builds.endTime"}


def table():
    """Pairs of an operation and an input, from calls.yaml."""
    for entry in yaml.safe_load((HERE / "calls.yaml").read_text()):
        yield (entry, {}) if isinstance(entry, str) else next(iter(entry.items()))


def masked(first, second):
    """The first document with ANY wherever the second says otherwise."""
    if isinstance(first, dict) and isinstance(second, dict) and first.keys() == second.keys():
        return {key: masked(value, second[key]) for key, value in first.items()}
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        return [masked(*pair) for pair in zip(first, second)]
    return first if first == second and type(first) is type(second) else ANY


def blot(value, path):
    """Puts ANY at a path that walks through lists."""
    if isinstance(value, list):
        for element in value:
            blot(element, path)
    elif isinstance(value, dict) and path[0] in value:
        if len(path) == 1:
            value[path[0]] = ANY
        else:
            blot(value[path[0]], path[1:])


class Calls:
    """Makes the calls of the table and remembers their answers."""

    def __init__(self, client):
        self.client = client
        self.answers = {}

    def filled(self, value):
        """The value with every `$service:Operation path` replaced by what an earlier answer holds there."""
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        call, _, path = value[1:].partition(" ")
        found = jmespath.search(path, self.answers[call]) if call in self.answers else None
        if found is None:
            raise SystemExit(f"calls.yaml: {value} finds nothing in {json.dumps(self.answers.get(call))[:400]}")
        return found

    def round(self):
        """The record of every call of the table, and once more with the smallest pages where an operation has pages."""
        for name, given in table():
            service, _, operation = name.partition(":")
            input = self.filled(given)
            usual = self.record(service, operation, input)
            self.answers.setdefault(name, usual.get("pages", [None])[0])
            yield usual
            limit = self.smallest_page(service, operation)
            if limit and "pages" in usual and limit[0] not in input and leaves(usual["pages"]):
                input = input | dict([limit])
                # Some servers honour no page sizes, some refuse small ones.
                small = self.record(service, operation, input)
                if len(small.get("pages", [])) > 1:
                    yield small

    def record(self, service, operation, input):
        record = {"service": service, "operation": operation, "input": input}
        try:
            return record | self.answer(service, operation, input)
        except botocore.exceptions.ClientError as error:
            return record | {"error": error.response["Error"]["Code"]}
        except botocore.exceptions.PaginationError:
            # The server sends the same token over and over.
            return record

    def answer(self, service, operation, input):
        made = self.client(service)
        call = method_name(operation)
        if not made.can_paginate(call):
            return {"pages": [document(getattr(made, call)(**input))]}
        paginator = made.get_paginator(call)
        pages = [document(page) for page in paginator.paginate(**input)]
        if len(pages) == 1:
            return {"pages": pages}
        return {"pages": pages, "joined": document(paginator.paginate(**input).build_full_result())}

    def smallest_page(self, service, operation):
        """The member that limits a page, and its least value; None where an operation has none."""
        made = self.client(service)
        if not made.can_paginate(method_name(operation)):
            return None
        member = made.get_paginator(method_name(operation))._pagination_cfg.get("limit_key")
        if member is None:
            return None
        shape = made.meta.service_model.operation_model(operation).input_shape.members[member]
        least = max(1, shape.metadata.get("min", 1))
        return member, str(least) if shape.type_name == "string" else least


def main():
    # Certificates would become valid a minute after they were made, between one reading and the next.
    os.environ["MOTO_ACM_VALIDATION_WAIT"] = "1000000"
    with AWSServer() as server:
        aws = functools.cache(lambda service: client(service, server.url))
        for name in SEEDS:
            importlib.import_module(f"seeds.{name}").seed(aws)
        calls = Calls(aws)
        first = list(calls.round())
        # The clock moves on between two rounds, and what moves with it shows.
        second = [calls.record(record["service"], record["operation"], record["input"]) for record in first]
        with open(sys.argv[1], "w") as file:
            for before, after in zip(first, second):
                record = masked(after, before)
                if path := VAGUE.get(f"{record['service']}:{record['operation']}"):
                    blot(record["pages"], path.split("."))
                file.write(json.dumps(record) + "\n")
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
