"""The documents that a scan should store, built by the manifests out of what boto3 returns."""
import datetime
import json
from pathlib import Path

import yaml
from botocore import xform_name
from botocore.exceptions import ClientError

GLOBAL_REGION = "us-east-1"
# Those of a new repository.
SCANNERS = {"iam", "s3", "ec2", "ebs", "network", "logging"}
# What the server does not implement.
UNKNOWN = {"accessanalyzer:ListAnalyzers", "ec2:DescribeClientVpnEndpoints"}


def documents(account, regions, manifests, account_id="123456789012"):
    """(type, region, id) -> {"config", "tags"} for every manifest of the scanners in a folder."""
    found = {}
    for file in sorted(Path(manifests).glob("*.yaml")):
        manifest = yaml.safe_load(file.read_text())
        if manifest.get("scanner") not in (None, *SCANNERS):
            continue
        builder = Builder(account, manifest)
        for item, listed_in in builder.items(regions, account_id):
            region = builder.region(item, listed_in)
            key = (manifest["resource"], region, builder.id(item, listed_in, account_id))
            if key not in found:
                found[key] = builder.document(item, region)
    return found


class Builder:
    """Follows one manifest."""

    def __init__(self, account, manifest):
        self.account = account
        self.manifest = manifest

    # -- Lists, ids, regions ------------------------------------------------------------------------------------------

    def items(self, regions, account_id):
        always = self.manifest.get("always")
        if always:
            return [({}, "global")] if always == "account" else [({}, region) for region in regions]
        call = self.manifest["list"]
        if call["operation"] in UNKNOWN:
            return []
        pairs = []
        for item, place in self.listed(call, regions):
            if "detail" in self.manifest:
                detail = self.manifest["detail"]
                item = item | walk(self.call(detail, [item], place), detail.get("value", ""))[0]
            pairs.append((item, place))
        return pairs

    def listed(self, call, regions):
        if "of" in call:
            outer = [({name: parent[path] for name, path in call["of"].get("copy", {}).items()}, parent, place)
                     for parent, place in self.listed(call["of"], regions)]
        else:
            outer = [({}, {}, place) for place in (["global"] if call["scope"] == "global" else regions)]
        for copies, parent, place in outer:
            for item in walk(self.call(call, [parent], place), call["items"]):
                item = {call["name"]: item} if "name" in call else item
                if fits(call, [item, parent]):
                    yield item | copies, place

    def id(self, item, listed_in, account_id):
        always = self.manifest.get("always")
        if always:
            return account_id if always == "account" else listed_in
        return item[self.manifest["id"]]

    def region(self, item, listed_in):
        source = self.manifest.get("region")
        if source is None:
            return listed_in
        if "operation" not in source:
            return item.get(source["value"], listed_in)
        name = self.call(source, [item], listed_in).get(source["value"]) or source["empty"]
        return source.get("also", {}).get(name, name)

    # -- Documents ----------------------------------------------------------------------------------------------------

    def document(self, item, region):
        manifest = self.manifest
        # What items get of those around them is kept besides.
        handed = list(manifest.get("list", {}).get("of", {}).get("copy", {}))
        config = keep(item, [*manifest["keep"], *handed]) if "keep" in manifest else {}
        for member, kind in manifest.get("parse", {}).items():
            assert kind == "policy-document"
            config[member] = parsed(config[member])
        for name, attribute in manifest.get("attributes", {}).items():
            value = self.attribute(attribute, [item], region)
            if value is not None:
                config[name] = value
        for path in manifest.get("volatile", {}):
            cut_to_day(config, path.split("."))
        return {"config": plain(config), "tags": self.tags(item, region)}

    def attribute(self, attribute, items, region):
        if not fits(attribute, items):
            return None
        value = self.answer(attribute, items, region)
        if "key" in attribute:
            elements = walk(value, attribute["items"])
            value = next(one for one in elements if one[attribute["key"]] == items[0][attribute["match"]])
        if value is None:
            return None
        if attribute.get("parse") == "policy-document":
            value = parsed(value)
        if "name" in attribute:
            value = [{attribute["name"]: element} for element in value]
        if "keep" in attribute:
            value = keep(value, attribute["keep"])
        for element in value if "each" in attribute else []:
            for name, further in attribute["each"].items():
                extra = self.attribute(further, [element, *items], region)
                if extra is not None:
                    element[name] = extra
        return value

    def tags(self, item, region):
        source = self.manifest.get("tags")
        if source is None:
            return {}
        found = item.get(source) if isinstance(source, str) else self.answer(source, [item], region)
        if isinstance(found, dict):
            return found
        names = [("Key", "Value"), ("key", "value"), ("TagKey", "TagValue")]
        return {tag[key]: tag[value] for tag in found or [] for key, value in names if key in tag}

    # -- Calls --------------------------------------------------------------------------------------------------------

    def answer(self, call, items, region):
        """What is taken of an answer; None where AWS has nothing."""
        try:
            answer = self.call(call, items, region)
        except ClientError as error:
            if error.response["Error"]["Code"] in call.get("absent", []):
                return None
            raise
        if "value" not in call:
            return answer
        for name in call["value"].split("."):
            if isinstance(answer, list):
                answer = [part for element in answer for part in element.get(name) or []]
            else:
                answer = (answer or {}).get(name)
        return answer

    def call(self, call, items, region):
        service, operation = call["operation"].split(":")
        place = GLOBAL_REGION if region == "global" or call.get("scope") == "global" else region
        client = self.account.client(service, place)
        method = xform_name(operation)
        parameters = dict(call.get("fixed", {}))
        for member, path in call.get("input", {}).items():
            value = next(item[path] for item in items if path in item)
            parameters[member.removesuffix("[]")] = [value] if member.endswith("[]") else value
        if client.can_paginate(method):
            pages = client.get_paginator(method).paginate(**parameters)
            return without_metadata(pages.build_full_result())
        return without_metadata(getattr(client, method)(**parameters))


def fits(call, items):
    """Whether the members of an item, or of one around it, have the values that `when` names."""
    for path, wanted in call.get("when", {}).items():
        value = next((item[path] for item in items if path in item), None)
        if value not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True


def without_metadata(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def walk(value, path):
    """All values at a dotted path, through lists."""
    values = [value]
    for name in path.split(".") if path else []:
        values = [element[name] for value in values for element in (value if isinstance(value, list) else [value])]
    return [element for value in values for element in (value if isinstance(value, list) else [value])]


def keep(value, paths):
    """The value with nothing but the members that the paths name."""
    if not paths:
        return dict(value) if isinstance(value, dict) else value
    if isinstance(value, list):
        return [keep(element, paths) for element in value]
    wanted = {}
    for path in paths:
        first, _, rest = path.partition(".")
        wanted.setdefault(first, []).extend([rest] if rest else [])
    return {name: keep(value[name], rest) if rest else value[name] for name, rest in wanted.items() if name in value}


def parsed(document):
    return json.loads(document) if isinstance(document, str) else document


def cut_to_day(value, path):
    if isinstance(value, list):
        for element in value:
            cut_to_day(element, path)
    elif path and isinstance(value, dict) and path[0] in value:
        if len(path) > 1:
            cut_to_day(value[path[0]], path[1:])
        elif isinstance(value[path[0]], datetime.datetime):
            value[path[0]] = value[path[0]].replace(hour=0, minute=0, second=0, microsecond=0)


def plain(value):
    """JSON: moments as text in UTC, no members without a value."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, datetime.datetime):
        moment = value.astimezone(datetime.timezone.utc)
        fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
        return moment.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
    return value
