"""The documents that a scan should store, built by the manifests out of what boto3 returns."""
import csv
import datetime
import json
from pathlib import Path

import yaml
from botocore import xform_name
from botocore.exceptions import ClientError

ACCOUNT = "123456789012"
GLOBAL_REGION = "us-east-1"
# Those of a new repository.
SCANNERS = {"iam", "s3", "ec2", "ebs", "network", "logging"}
# What the server does not implement.
UNKNOWN = {
    "accessanalyzer:ListAnalyzers", "ec2:DescribeClientVpnEndpoints", "network-firewall:ListFirewallPolicies",
    "network-firewall:ListRuleGroups"}


def documents(account, regions, manifests, account_id=ACCOUNT):
    """(type, region, id) -> {"config", "tags"} for every manifest of the scanners in a folder."""
    found = {}
    for file in sorted(Path(manifests).glob("*.yaml")):
        manifest = yaml.safe_load(file.read_text())
        if manifest.get("scanner") not in (None, *SCANNERS):
            continue
        builder = Builder(account, manifest)
        for item, listed_in, path in builder.items(regions, account_id):
            region = builder.region(item, listed_in)
            key = (manifest["resource"], region, builder.id(item, listed_in, path, account_id))
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
        """Items, where they were listed, and the path of their id."""
        self.account_id = account_id
        always = self.manifest.get("always")
        if always:
            return [({}, place, None) for place in (["global"] if always == "account" else regions)]
        found = []
        for call in self.manifest.get("lists") or [self.manifest["list"]]:
            if call["operation"] in UNKNOWN:
                continue
            for item, place in self.listed(call, regions):
                if "detail" in self.manifest:
                    detail = self.manifest["detail"]
                    item = item | walk(self.call(detail, [item], place), detail.get("value", ""))[0]
                found.append((item, place, call.get("id", self.manifest["id"])))
        return found

    def listed(self, call, regions):
        """Items and where they were listed."""
        if "of" in call:
            outer = [({name: parent[path] for name, path in call["of"].get("copy", {}).items()}, parent, place)
                     for parent, place in self.listed(call["of"], regions)]
        else:
            outer = [({}, {}, place) for place in (["global"] if call["scope"] == "global" else regions)]
        for copies, parent, place in outer:
            answer = self.unless_absent(call, [parent], place)
            for item in [] if answer is None else walk(answer, call["items"].strip(".")):
                item = {call["name"]: item} if "name" in call else item
                around = [item, parent]
                if not fits(call, around) or call.get("unless") and fits(call, around, "unless"):
                    continue
                item = item | call.get("set", {})
                for name in call.get("last", []):
                    item = item | {name: item[name].rpartition("/")[2]}
                yield item | copies, place

    def id(self, item, listed_in, path, account_id):
        always = self.manifest.get("always")
        if always:
            return account_id if always == "account" else listed_in
        return account_id if path == "{account}" else item[path]

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
        config = keep(item, [*manifest.get("keep", []), *handed])
        for name, attribute in manifest.get("attributes", {}).items():
            if attribute.get("scanner") not in (None, *SCANNERS):
                continue
            value = self.attribute(attribute, [item], region)
            if value is not None:
                config[name] = value
        for path, kind in manifest.get("parse", {}).items():
            assert kind == "policy-document"
            parse_at(config, path.split("."))
        for path in manifest.get("volatile", {}):
            cut_to_day(config, path.split("."))
        return {"config": plain(config), "tags": self.tags(item, region)}

    def attribute(self, attribute, items, region):
        if not fits(attribute, items):
            return None
        value = self.answer(attribute, items, region)
        if value is None and attribute.get("omits_empty"):
            return []
        if value is None:
            return None
        if "pick" in attribute:
            [element] = [one for one in value if fits({"when": attribute["pick"]["where"]}, [one])]
            value = element[attribute["pick"]["value"]]
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
        answer = self.unless_absent(call, items, region)
        if "key" in call:
            answer = self.element(call, answer, items)
        if "value" not in call:
            return answer
        for name in call["value"].split("."):
            if isinstance(answer, list):
                answer = [part for element in answer for part in element.get(name) or []]
            else:
                answer = (answer or {}).get(name)
        return answer

    def element(self, call, answer, items):
        """Of an answer that tells of all items, what tells of this one."""
        elements = walk(answer, call["items"])
        if "csv" in call.get("parse", {}):
            elements = rows(elements[0].decode(), call["parse"]["csv"])
        match = call.get("match", call["key"])
        name = self.filled(match) if "{" in match else items[0][match]
        found = [one for one in elements if name in walk(one, call["key"], lenient=True)]
        return found if call.get("many") else found[0]

    def unless_absent(self, call, items, region):
        try:
            return self.call(call, items, region)
        except ClientError as error:
            code, message = error.response["Error"]["Code"], error.response["Error"]["Message"]
            for absent in call.get("absent", []):
                wanted, _, part = absent.partition(": ")
                if code == wanted and part in message:
                    return None
            raise

    def filled(self, value):
        if isinstance(value, dict):
            return {name: self.filled(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.filled(member) for member in value]
        return value.format(account=self.account_id, partition="aws") if isinstance(value, str) else value

    def call(self, call, items, region):
        if "after" in call:
            self.call(call["after"], [], region)
        service, operation = call["operation"].split(":")
        is_global = region == "global" or call.get("scope") == "global"
        place = call.get("home", {}).get("aws", GLOBAL_REGION) if is_global else region
        client = self.account.client(service, place)
        if service == "s3control":
            # boto3 puts the account before the name of the server, even where that is a number.
            client.meta.events.register("before-sign.s3-control", without_account)
        method = xform_name(operation)
        parameters = self.filled(call.get("fixed", {}))
        # Paginators have names of their own for page sizes, and ask for as many pages as there are.
        for name in ("MaxItems", "maxResults"):
            parameters.pop(name, None)
        for member, path in call.get("input", {}).items():
            value = next(item[path] for item in items if path in item)
            parameters[member.removesuffix("[]")] = [value] if member.endswith("[]") else value
        if client.can_paginate(method):
            pages = client.get_paginator(method).paginate(**parameters)
            return without_metadata(pages.build_full_result())
        return without_metadata(getattr(client, method)(**parameters))


def listed(value):
    return value if isinstance(value, list) else [value]


def fits(call, items, key="when"):
    """Whether the members of an item, or of one around it, have the values that `when` names."""
    for path, wanted in call.get(key, {}).items():
        value = next((item[path] for item in items if path in item), None)
        if isinstance(wanted, dict):
            fits_here = value is not None and ("exists" in wanted or value not in listed(wanted["not"]))
        else:
            fits_here = any(stands(one, value) for one in listed(wanted))
        if not fits_here:
            return False
    return True


def stands(wanted, value):
    """Whether a value is one that is wanted; `*` stands for any start."""
    if isinstance(wanted, str) and wanted.startswith("*"):
        return isinstance(value, str) and value.endswith(wanted[1:])
    return wanted == value


def without_account(request, **_):
    request.url = request.url.replace(f"//{ACCOUNT}.", "//")


def without_metadata(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def walk(value, path, lenient=False):
    """All values at a dotted path, through lists; a lenient walk passes by elements without the member."""
    values = [value]
    for name in path.split(".") if path else []:
        values = [
            element[name] for value in values for element in (value if isinstance(value, list) else [value])
            if not lenient or name in element]
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


def parse_at(value, path):
    if isinstance(value, list):
        for element in value:
            parse_at(element, path)
    elif isinstance(value, dict) and path[0] in value:
        if len(path) > 1:
            parse_at(value[path[0]], path[1:])
        else:
            value[path[0]] = parsed(value[path[0]])


def rows(text, columns):
    """The rows of a credential report, cells without a value left out."""
    nothing = {"", "N/A", "no_information", "not_supported"}
    return [
        {name: cell(row[name], kind) for name, kind in columns.items() if row[name] not in nothing}
        for row in csv.DictReader(text.splitlines())]


def cell(text, kind):
    if kind == "timestamp":
        return datetime.datetime.fromisoformat(text)
    return text == "true" if kind == "boolean" else text


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
