"""Values for the shapes of AWS's models: every member, with texts that need care on the wire."""
import datetime
import json
import urllib.parse

TEXT = "a b/c+d%20 é\u00a0<&>\"' {x}"
PLAIN = "plain-text"


class MadeUp:
    """Makes one value after the other; equal shapes get different values, and the same run the same ones."""

    def __init__(self, start=0, text=TEXT):
        self.count = start
        self.text = text

    def value(self, shape, path=()):
        """A value of the shape; None where it would hold itself."""
        self.count += 1
        return getattr(self, f"make_{shape.type_name}")(shape, path)

    def make_structure(self, shape, path):
        if shape.name in path or len(path) > 14:
            return None
        if getattr(shape, "is_document_type", False):
            return {"text": self.text, "list": [1, 2.5, True, None]}
        members = list(shape.members.items())
        if getattr(shape, "is_tagged_union", False):
            members = [members[self.count % len(members)]]
        made = {}
        for name, member in members:
            place = member.serialization.get("location")
            maker = self if place not in ("header", "headers") else MadeUp(self.count, PLAIN)
            value = None if place == "statusCode" else maker.value(member, path + (shape.name,))
            if value is not None:
                made[name] = value
        return made

    def make_list(self, shape, path):
        values = [self.value(shape.member, path) for _ in range(2 if len(path) < 6 else 1)]
        return [value for value in values if value is not None]

    def make_map(self, shape, path):
        pairs = [(self.value(shape.key, path), self.value(shape.value, path)) for _ in range(2)]
        return {key: value for key, value in pairs if value is not None}

    def make_string(self, shape, path):
        if shape.enum:
            return shape.enum[self.count % len(shape.enum)]
        if shape.name == "policyDocumentType":
            return urllib.parse.quote(json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": self.text}]}))
        return f"{self.text} {self.count}" if self.text == TEXT else f"{self.text}-{self.count}"

    make_character = make_string

    def make_integer(self, shape, path):
        return self.count

    def make_long(self, shape, path):
        return 2**40 + self.count

    def make_double(self, shape, path):
        return self.count + 0.25

    make_float = make_double

    def make_boolean(self, shape, path):
        return self.count % 2 == 0

    def make_timestamp(self, shape, path):
        return datetime.datetime(2026, 2, 28, 23, 59, self.count % 60, tzinfo=datetime.timezone.utc)

    def make_blob(self, shape, path):
        return f"{self.text}{self.count}".encode()
