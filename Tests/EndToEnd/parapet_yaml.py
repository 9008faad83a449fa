"""YAML as Parapet reads it, for tests that look into files."""
import re

import yaml


class Parapet(yaml.SafeLoader):
    """YAML as Parapet reads it: dates are text, only true and false are booleans, !uncollected is known."""


Parapet.yaml_implicit_resolvers = {
    key: [entry for entry in resolvers if entry[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Parapet.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Parapet.add_constructor("!uncollected", lambda loader, node: {"!uncollected": node.value})
