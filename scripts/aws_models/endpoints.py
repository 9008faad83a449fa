"""Cuts the facts about endpoints out of botocore's rule sets: a template for each service, and its exceptions.

The file is one JSON object:

 { "partitions": {id: {"re": pattern of region names, "dns": suffix, "dual": suffix of dual-stack endpoints,
                       "fips": bool, "ds": bool, "implicitGlobal": region, "regions": [..]}},
   "services":   {service: {KEY: ENDPOINT or {"t": ENDPOINT, "x": {region: ENDPOINT}}}} }

 KEY       a partition, or "*" for all that have no entry of their own; then "+fips", "+dual" or "+fips+dual"
 ENDPOINT  [host template, signing region, signing name]; "" leaves the region or the name as it is.
           Templates name {region}, {dns} and {dual}. ["ERR", cause] stands for "no such endpoint".
"""

import collections

from botocore.endpoint_provider import EndpointProvider

VARIANTS = ((False, False), (False, True), (True, False), (True, True))
ACCOUNT = "111122223333"


def suffix(fips, dual):
    return ("+fips" if fips else "") + ("+dual" if dual else "")


def cut_partition(partition):
    outputs = partition["outputs"]
    return {
        "re": partition["regionRegex"],
        "dns": outputs["dnsSuffix"],
        "dual": outputs["dualStackDnsSuffix"],
        "fips": outputs["supportsFIPS"],
        "ds": outputs["supportsDualStack"],
        "implicitGlobal": outputs["implicitGlobalRegion"],
        "regions": sorted(region for region in partition["regions"] if "global" not in region),
    }


def template(endpoint, region, partition, dual):
    scheme = (endpoint.properties.get("authSchemes") or [{}])[0]
    # The account is the host prefix of the operations themselves.
    host = endpoint.url.removeprefix("https://").removeprefix(ACCOUNT + ".").replace(region, "{region}")
    if dual:
        host = host.replace(partition["dual"], "{dual}")
    host = host.replace(partition["dns"], "{dns}")
    signing_region = scheme.get("signingRegion", "")
    return (host, "" if signing_region == region else signing_region, scheme.get("signingName", ""))


def resolve(provider, parameters, service, context, region, partition, fips, dual):
    arguments = {"Region": region, "UseFIPS": fips, "UseDualStack": dual, **context}
    if service == "s3control":
        arguments |= {"AccountId": ACCOUNT, "RequiresAccountId": True}
    if service == "sts":
        arguments["UseGlobalEndpoint"] = False
    arguments = {key: value for key, value in arguments.items() if key in parameters}
    try:
        endpoint = provider.resolve_endpoint(**arguments)
    except Exception as error:  # the rule set refuses the combination, and says why
        return ("ERR", str(error)[:60])
    return template(endpoint, region, partition, dual)


def most_common(values):
    """The most frequent value; of equals, the first met."""
    return collections.Counter(values).most_common(1)[0][0]


def cut_service(service, context, rules, botocore_partitions, partitions):
    provider = EndpointProvider(rules, botocore_partitions)
    result = {}
    for fips, dual in VARIANTS:
        found = {}
        for name, partition in partitions.items():
            if (fips and not partition["fips"]) or (dual and not partition["ds"]):
                continue
            found[name] = {
                region: resolve(provider, rules["parameters"], service, context, region, partition, fips, dual)
                for region in partition["regions"]
            }
        if not found:
            continue
        usual = {name: most_common(regions.values()) for name, regions in found.items()}
        default = most_common(usual.values())
        result["*" + suffix(fips, dual)] = default
        for name, regions in found.items():
            entry = {}
            if usual[name] != default:
                entry["t"] = usual[name]
            exceptions = {region: endpoint for region, endpoint in regions.items() if endpoint != usual[name]}
            if exceptions:
                entry["x"] = exceptions
            if entry:
                result[name + suffix(fips, dual)] = entry
    return result


def fixed_context(model, operation):
    """The operation's fixed parameters of endpoint rules; none where the rules also need a member of its input."""
    input_name = model["operations"][operation].get("input", {}).get("shape")
    shape = model["shapes"][input_name] if input_name else {}
    members = shape.get("members", {})
    if any("contextParam" in members[name] for name in shape.get("required", [])):
        return {}
    parameters = model["operations"][operation].get("staticContextParams", {})
    return {name: parameter["value"] for name, parameter in parameters.items()}


def cut_operations(service, operations, loader, botocore_partitions, partitions):
    """The endpoints of the service, and those of operations that have others."""
    model = loader.load_service_model(service, "service-2")
    rules = loader.load_service_model(service, "endpoint-rule-set-1")
    contexts = {operation: fixed_context(model, operation) for operation in operations}
    usual = dict(most_common(tuple(sorted(context.items())) for context in contexts.values()))
    cut = {service: cut_service(service, usual, rules, botocore_partitions, partitions)}
    for operation, context in contexts.items():
        if context != usual:
            own = cut_service(service, context, rules, botocore_partitions, partitions)
            if own != cut[service]:
                cut[f"{service}:{operation}"] = own
    return cut


def cut_endpoints(services, loader):
    """`services` holds the operations of each service."""
    botocore_partitions = loader.load_data("partitions")
    partitions = {partition["id"]: cut_partition(partition) for partition in botocore_partitions["partitions"]}
    cut = {}
    for service, operations in services.items():
        cut |= cut_operations(service, operations, loader, botocore_partitions, partitions)
    return {"partitions": partitions, "services": cut}
