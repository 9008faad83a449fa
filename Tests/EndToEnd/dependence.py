"""Which verdicts a rule can still reach when an operation is denied: worked out from rules and manifests as text.

Three values, and sets of them: what a condition may be, whatever the answers that did come say.
"""
import functools
import itertools
from pathlib import Path

import botocore.session
import yaml

from documents import fits
from parapet_yaml import Parapet

TRUE, FALSE, UNKNOWN = "true", "false", "unknown"
DECIDED = frozenset({TRUE, FALSE})
QUANTIFIERS = {"some", "every", "none", "count"}


def conjunction(parts):
    """What several conditions may be together."""
    together = {TRUE}
    for part in parts:
        together = {FALSE if FALSE in pair else UNKNOWN if UNKNOWN in pair else TRUE for pair in itertools.product(together, part)}
    return frozenset(together)


def negation(part):
    return frozenset({TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}[value] for value in part)


def disjunction(parts):
    return negation(conjunction([negation(part) for part in parts]))


class Dependence:
    """Reads the folders of rules, fragments and manifests."""

    def __init__(self, policies, manifests):
        files = [yaml.load(path.read_text(), Parapet) for path in sorted(Path(policies).rglob("*.yaml"))]
        self.rules = {rule["rule"]: rule for rule in files if "rule" in rule}
        self.fragments = {fragment["fragment"]: fragment for fragment in files if "fragment" in fragment}
        found = [yaml.safe_load(path.read_text()) for path in sorted(Path(manifests).glob("*.yaml"))]
        self.manifests = {manifest["resource"]: manifest for manifest in found}

    # -- Operations -----------------------------------------------------------------------------------------------------

    def lists(self, kind, operation):
        """Whether resources of a type are found by an operation, as the calls show it."""
        lists = self.manifests[kind].get("list", [])
        lists = list(lists if isinstance(lists, list) else [lists])
        for level in lists:
            lists += [level["of"]] if "of" in level else []
        return any(signed(level["operation"]) == operation for level in lists)

    def places(self, kind, operation):
        """Whether it tells in which region a resource of a type is."""
        source = self.manifests[kind].get("region", {})
        return "operation" in source and signed(source["operation"]) == operation

    def missing(self, kind, operation, config=None):
        """Paths of a type that an operation answers; with a document, only where it is called for that one."""
        manifest = self.manifests[kind]
        if self.lists(kind, operation):
            return frozenset({""})
        paths = set()
        if "detail" in manifest and signed(manifest["detail"]["operation"]) == operation:
            paths.update(path.partition(".")[0] for path in manifest["keep"])
        tags = manifest.get("tags")
        if isinstance(tags, dict) and signed(tags["operation"]) == operation:
            paths.add("tags")
        for name, attribute in manifest.get("attributes", {}).items():
            paths.update(attribute_paths(name, attribute, operation, [config] if config is not None else None))
        return frozenset(paths)

    # -- Rules ----------------------------------------------------------------------------------------------------------

    def verdicts(self, rule, kind, operation, config=None):
        """The verdicts that a rule can reach on a resource of a type."""
        rule = self.rules[rule]
        missing = lambda other: self.missing(other, operation, config if other == kind else None)
        condition = lambda tree: self._all_of(tree, kind, "", missing)
        applies = condition(rule.get("where", {}))
        holds = condition(rule["pass_when"]) if "pass_when" in rule else negation(condition(rule["fail_when"]))
        found = {FALSE: {"not_applicable"}, UNKNOWN: {"unknown"}, TRUE: {
            {TRUE: "pass", FALSE: "fail", UNKNOWN: "unknown"}[value] for value in holds}}
        return set().union(*(found[value] for value in applies))

    def _all_of(self, tree, kind, prefix, missing):
        return conjunction([self._one(key, operand, kind, prefix, missing) for key, operand in tree.items()])

    def _one(self, key, operand, kind, prefix, missing):
        inner = lambda tree: self._all_of(tree, kind, prefix, missing)
        if key == "all":
            return conjunction(map(inner, operand))
        if key == "any":
            return disjunction(map(inner, operand))
        if key == "not":
            return negation(inner(operand))
        if key == "use":
            return self._all_of(self.fragments[operand]["when"], kind, "", missing)
        if key == "documents":
            return self._leaf([*operand["of"], *([operand["boundary"]] if "boundary" in operand else [])], kind, "", missing)
        if key.startswith("related."):
            return self._related(key, operand, kind, missing)
        operators = operand if isinstance(operand, dict) else {"eq": operand}
        return conjunction([
            self._operator(name, value, key, kind, prefix, missing) for name, value in operators.items() if name != "if_absent"])

    def _operator(self, name, operand, key, kind, prefix, missing):
        path = prefix if key == "this" else f"{prefix}{key}"
        if name in QUANTIFIERS:
            if any(covers(absent, path) for absent in missing(kind)):
                return frozenset({UNKNOWN})
            return self._quantified(name, operand, lambda tree: self._all_of(tree, kind, f"{path}.", missing))
        others = [operand["ref"].removeprefix("$.")] if isinstance(operand, dict) and "ref" in operand else []
        paths = [part for part in key.split("..") if part != "this"] or [""]
        return self._leaf([f"{prefix}{part}".rstrip(".") for part in paths] + others, kind, "", missing, name in ("exists", "absent"))

    def _related(self, key, operand, kind, missing):
        name = key.split(".")[1]
        target = self._target(kind, name)
        own = {path for path in self.manifests[kind].get("relations", {}).get(name, {}).get("key", {})}
        if "" in missing(target) or any(covers(absent, path) for absent in missing(kind) for path in own):
            return frozenset({UNKNOWN})
        return conjunction([
            self._quantified(quantifier, tree, lambda inner: self._all_of(inner, target, "", missing))
            for quantifier, tree in operand.items()])

    def _target(self, kind, name):
        relation = self.manifests[kind].get("relations", {}).get(name)
        if relation:
            return relation["to"]
        return next(
            other for other, manifest in self.manifests.items() for relation in manifest.get("relations", {}).values()
            if relation["to"] == kind and relation.get("inverse") == name)

    @staticmethod
    def _quantified(name, operand, inner):
        """A list may be empty, and what holds for its elements is known no better than each of them."""
        if name == "count":
            tree = operand.get("where", {})
            return DECIDED | (inner(tree) & {UNKNOWN})
        values = inner({key: value for key, value in operand.items() if key != "as"})
        if name == "some":
            return values | {FALSE}
        return (values if name == "every" else negation(values)) | {TRUE}

    @staticmethod
    def _leaf(paths, kind, prefix, missing, is_presence=False):
        for path, absent in itertools.product(paths, missing(kind)):
            # An operator on a whole reads its parts too; whether it is there, it tells without them.
            if covers(absent, prefix + path) or not is_presence and absent.startswith(f"{prefix}{path}."):
                return frozenset({UNKNOWN})
        return DECIDED


def covers(absent, path):
    return absent in ("", path) or path.startswith(f"{absent}.")


def attribute_paths(name, attribute, operation, configs):
    """Paths below an attribute that an operation answers, where the documents (innermost first) make the call."""
    if configs is not None and not applies(attribute, configs):
        return
    if operation in {signed(attribute["operation"]), signed(attribute.get("after", {}).get("operation", ":"))}:
        yield name
    for inner, further in attribute.get("each", {}).items():
        if configs is None:
            yield from attribute_paths(f"{name}.{inner}", further, operation, None)
            continue
        for element in configs[0].get(name) or []:
            yield from attribute_paths(f"{name}.{inner}", further, operation, [element, *configs])


def applies(attribute, configs):
    try:
        return fits(attribute, configs)
    except StopIteration:
        return False


@functools.cache
def signed(operation):
    """`elbv2:X` is signed, and so seen on the wire, as `elasticloadbalancing:X`."""
    service, _, name = operation.partition(":")
    if not name:
        return None
    return botocore.session.get_session().get_service_model(service).signing_name, name
