"""Cuts botocore's data down to what Parapet embeds. See scripts/update-models."""
