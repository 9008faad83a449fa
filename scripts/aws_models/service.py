"""Cuts one botocore service model down to the shape graph that a list of operations needs.

A model file is one JSON object, without prose and without the members of errors:

 { "v": 1, "service", "serviceId", "apiVersion", "protocol", "jsonVersion", "targetPrefix", "endpointPrefix",
   "signingName", "iam", "accept", "sig", "globalEndpoint", "queryCompat", "retryable": {code: "throttling" | "transient"},
   "ops":    { Operation: {"m": method, "u": uri, "in": shape, "out": shape, "wrap": result wrapper,
                           "root": root element of the input, "rootns": its namespace, "host": host prefix,
                           "noauth": 1, "unsigned": 1, "unwrap": 1, "ctx": {endpoint parameter: value},
                           "pg": {"in": [..], "out": [..], "keys": [..], "more": .., "limit": ..}} },
   "shapes": { Name: {"m": {member: REF}, "req": [..], "pay": member, "u": 1 (union)}     structure
                   | {"e": REF}                                                          list
                   | {"k": REF, "v": REF}                                                map
                   | {"en": [..]}                                                        string with known values } }

 REF     a scalar's code or a shape's name; or {"s": code or name, and traits}
 codes   s string, i integer, d floating point, b boolean, x blob, t timestamp, j document (any JSON)
 traits  n locationName, l location (header, headers, uri, querystring, statusCode), f flattened, q queryName,
         a xmlAttribute, tf timestampFormat, ns xmlNamespace, st streaming, jv JSON in a header, hl host label,
         es event stream, z sensitive, it idempotency token, pd policy document (URL-encoded JSON)
         lp last part: of `/hostedzone/Z1` only `Z1` is sent

"m" is left out for POST and "u" for "/". Traits of a member already include those of its shape.
"""

SCALARS = {
    "string": "s",
    "character": "s",
    "integer": "i",
    "long": "i",
    "float": "d",
    "double": "d",
    "boolean": "b",
    "blob": "x",
    "timestamp": "t",
}

# The prefix of a service's actions in IAM is its signing name, but for these.
IAM_PREFIXES = {"cloudwatch": "cloudwatch"}

# What a service has to be asked for. API Gateway answers in another form of JSON (HAL) otherwise.
ACCEPTED = {"apigateway": "application/json"}

# Shapes of Route 53 whose values come as `/hostedzone/Z1` and are sent as `Z1`.
PATH_IDS = {"route53": {"ResourceId", "DelegationSetId", "ChangeId"}}

# Members that carry page tokens: of the input, and of the output.
PAGE_TOKENS = (
    ("NextToken", "NextToken"),
    ("nextToken", "nextToken"),
    ("NextMarker", "NextMarker"),
    ("Marker", "Marker"),
    ("PageToken", "NextPageToken"),
)

# The protocols that Parapet speaks, the preferred first. Each service that speaks CBOR also speaks one of these.
PROTOCOLS = ("json", "rest-json", "rest-xml", "query", "ec2")

# Short name of a trait, and botocore's name of it. Those of the first table carry a value, the others are flags.
VALUED_TRAITS = (("n", "locationName"), ("l", "location"), ("q", "queryName"), ("tf", "timestampFormat"))
FLAG_TRAITS = (
    ("f", "flattened"),
    ("a", "xmlAttribute"),
    ("st", "streaming"),
    ("jv", "jsonvalue"),
    ("es", "eventstream"),
    ("z", "sensitive"),
    ("it", "idempotencyToken"),
)


class ShapeGraph:
    """The shapes reached so far, in the order in which they were reached."""

    def __init__(self, shapes, path_ids=frozenset()):
        self.source = shapes
        self.path_ids = path_ids
        self.shapes = {}

    def reference(self, member):
        name = member["shape"]
        shape = self.source[name]
        traits = {}
        for short, long in VALUED_TRAITS:
            value = member.get(long, shape.get(long))
            if value is not None:
                traits[short] = value
        for short, long in FLAG_TRAITS:
            if member.get(long, shape.get(long)):
                traits[short] = 1
        # The name of a structure is that of a root element, not of a member.
        if shape["type"] == "structure" and "locationName" not in member:
            traits.pop("n", None)
        namespace = member.get("xmlNamespace", shape.get("xmlNamespace"))
        if namespace:
            plain = isinstance(namespace, str)
            traits["ns"] = namespace if plain else [namespace.get("uri", ""), namespace.get("prefix", "")]
        if member.get("hostLabel"):
            traits["hl"] = 1
        if name == "policyDocumentType":
            traits["pd"] = 1
        if name in self.path_ids:
            traits["lp"] = 1
        target = self.target(name, shape)
        return {"s": target, **traits} if traits else target

    def target(self, name, shape):
        if shape["type"] == "structure" and shape.get("document"):
            return "j"
        if shape["type"] in SCALARS and not shape.get("enum"):
            return SCALARS[shape["type"]]
        self.add(name)
        return name

    def add(self, name):
        if name in self.shapes:
            return
        shape = self.source[name]
        cut = self.shapes[name] = {}
        match shape["type"]:
            case "structure":
                cut["m"] = {key: self.reference(member) for key, member in shape.get("members", {}).items()}
                if shape.get("required"):
                    cut["req"] = shape["required"]
                if shape.get("payload"):
                    cut["pay"] = shape["payload"]
                if shape.get("union"):
                    cut["u"] = 1
            case "list":
                cut["e"] = self.reference(shape["member"])
            case "map":
                cut["k"] = self.reference(shape["key"])
                cut["v"] = self.reference(shape["value"])
            case "string":
                cut["en"] = shape["enum"]
            case other:
                raise SystemExit(f"shape {name} has the unknown type {other}")


def as_list(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def cut_metadata(service, metadata):
    protocols = metadata.get("protocols") or [metadata["protocol"]]
    protocol = next((name for name in PROTOCOLS if name in protocols), None)
    if protocol is None:
        raise SystemExit(f"{service} speaks none of the known protocols: {', '.join(protocols)}")
    cut = {
        "v": 1,
        "service": service,
        "serviceId": metadata.get("serviceId", service),
        "apiVersion": metadata.get("apiVersion"),
        "protocol": protocol,
        "endpointPrefix": metadata.get("endpointPrefix", service),
    }
    if protocol == "json":
        cut |= {key: metadata[key] for key in ("jsonVersion", "targetPrefix") if metadata.get(key)}
    if metadata.get("signingName") not in (None, metadata.get("endpointPrefix")):
        cut["signingName"] = metadata["signingName"]
    if service in IAM_PREFIXES:
        cut["iam"] = IAM_PREFIXES[service]
    if service in ACCEPTED:
        cut["accept"] = ACCEPTED[service]
    if metadata.get("signatureVersion") not in (None, "v4"):
        cut["sig"] = metadata["signatureVersion"]
    if metadata.get("globalEndpoint"):
        cut["globalEndpoint"] = metadata["globalEndpoint"]
    if "awsQueryCompatible" in metadata:
        cut["queryCompat"] = 1
    return cut


def cut_operation(operation, graph):
    cut = {}
    http = operation.get("http", {})
    if http.get("method", "POST") != "POST":
        cut["m"] = http["method"]
    if http.get("requestUri", "/") != "/":
        cut["u"] = http["requestUri"]
    if operation.get("input"):
        reference = operation["input"]
        shape = graph.source[reference["shape"]]
        graph.add(reference["shape"])
        cut["in"] = reference["shape"]
        root = reference.get("locationName", shape.get("locationName"))
        namespace = reference.get("xmlNamespace", shape.get("xmlNamespace"))
        if root:
            cut["root"] = root
        if namespace:
            cut["rootns"] = namespace if isinstance(namespace, str) else namespace.get("uri")
    if operation.get("output"):
        reference = operation["output"]
        graph.add(reference["shape"])
        cut["out"] = reference["shape"]
        if reference.get("resultWrapper"):
            cut["wrap"] = reference["resultWrapper"]
    if (operation.get("endpoint") or {}).get("hostPrefix"):
        cut["host"] = operation["endpoint"]["hostPrefix"]
    if operation.get("authtype") == "none" or "smithy.api#noAuth" in (operation.get("auth") or []):
        cut["noauth"] = 1
    if operation.get("unsignedPayload"):
        cut["unsigned"] = 1
    if operation.get("staticContextParams"):
        cut["ctx"] = {key: parameter["value"] for key, parameter in operation["staticContextParams"].items()}
    return cut


def cut_paginator(paginator):
    cut = {
        "in": as_list(paginator.get("input_token")),
        "out": as_list(paginator.get("output_token")),
        "keys": as_list(paginator.get("result_key")),
    }
    if paginator.get("more_results"):
        cut["more"] = paginator["more_results"]
    if paginator.get("limit_key"):
        cut["limit"] = paginator["limit_key"]
    return cut


def derived_paginator(operation, shapes):
    """The paginator of an operation that has none in botocore, though its answers name the next page; else None.

    Without it the first page would pass for the whole list.
    """
    def members(key):
        return shapes[operation[key]["shape"]].get("members", {}) if operation.get(key) else {}

    def first(names, of):
        return next((member for member in names if member in of), None)

    given, answered = members("input"), members("output")
    for asked, answer in PAGE_TOKENS:
        if asked in given and answer in answered:
            keys = [key for key, member in answered.items() if shapes[member["shape"]]["type"] == "list"]
            return {
                "input_token": asked,
                "output_token": answer,
                "result_key": keys,
                "more_results": first(("IsTruncated",), answered),
                "limit_key": first(("MaxResults", "maxResults", "MaxItems", "Limit", "PageSize"), given),
            }
    return None


def all_paginators(model, paginators, operations):
    """botocore's paginators, and those that it lacks."""
    derived = {name: derived_paginator(model["operations"][name], model["shapes"]) for name in operations}
    return {name: pages for name, pages in derived.items() if pages} | paginators


def retryable_codes(operation, shapes):
    for error in operation.get("errors", []):
        shape = shapes[error["shape"]]
        if shape.get("retryable") is not None:
            code = (shape.get("error") or {}).get("code") or error["shape"]
            yield code, "throttling" if shape["retryable"].get("throttling") else "transient"


def cut_service(service, model, paginators, operations):
    """The model of `service`, cut down to `operations`."""
    graph = ShapeGraph(model["shapes"], PATH_IDS.get(service, frozenset()))
    cut = cut_metadata(service, model["metadata"])
    cut["ops"] = {}
    retryable = {}
    unknown = [name for name in operations if name not in model["operations"]]
    if unknown:
        raise SystemExit(f"{service} has no operation {unknown[0]}")
    paginators = all_paginators(model, paginators, operations)
    for name in operations:
        operation = model["operations"][name]
        cut["ops"][name] = cut_operation(operation, graph)
        # The text of the root element is the value. botocore has a special case for it as well.
        if (service, name) == ("s3", "GetBucketLocation"):
            cut["ops"][name]["unwrap"] = 1
        if name in paginators:
            cut["ops"][name]["pg"] = cut_paginator(paginators[name])
        retryable |= retryable_codes(operation, model["shapes"])
    if retryable:
        cut["retryable"] = retryable
    cut["shapes"] = graph.shapes
    return cut
